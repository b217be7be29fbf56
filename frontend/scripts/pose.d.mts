export const PACKAGE: string;
export const MODELS: readonly string[];
export function bundlePoses(modules: string, outdir: string): Promise<string[]>;
export function withMetadata(model: Buffer, scaling: { mean: number; std: number }): Buffer;
export function zip(files: Readonly<Record<string, Buffer>>): Buffer;
