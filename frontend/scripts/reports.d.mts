export function withoutReports(script: string): string;
export function withoutFarAway(script: string): string;
