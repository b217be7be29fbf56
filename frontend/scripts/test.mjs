/** Run the tests in test/*.test.ts: bundle each for Node, then hand them to Node's own runner. */
import { spawnSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
// Below node_modules, so that packages left outside the bundle are found from there.
const OUT = join(ROOT, "node_modules", ".cache", `openback-tests-${process.pid}`);

const names = (await readdir(join(ROOT, "test"))).filter((name) => name.endsWith(".test.ts")).sort();
if (names.length === 0) throw new Error("frontend/test has no *.test.ts.");
let status = 1;
try {
  const built = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => join("test", name)),
    outdir: OUT,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    metafile: true,
    logLevel: "warning",
  });
  const files = Object.keys(built.metafile.outputs).map((path) => join(ROOT, path));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
  status = run.status ?? 1;
} finally {
  await rm(OUT, { recursive: true, force: true });
}
process.exitCode = status;
