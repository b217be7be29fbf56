export function withoutReports(script: string): string;
