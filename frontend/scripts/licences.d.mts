export function packageOf(path: string): string | undefined;
export function licencesOf(packages: readonly string[], root: string): Promise<string>;
