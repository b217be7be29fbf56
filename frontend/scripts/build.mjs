/**
 * Build the islands and styles into src/openback/web/static/dist, or keep building them (--watch).
 *
 * Every src/*.ts and src/*.css is an entry of its own; what they share lives in folders below src/.
 * A finished build has hashed names and is swapped in whole; watch mode writes plain names.
 * Any problem is thrown: the process ends with a status that stops the wheel.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { licencesOf, packageOf } from "./licences.mjs";
import * as pose from "./pose.mjs";
import { withoutFarAway, withoutReports } from "./reports.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MODULES = join(ROOT, "node_modules");
const STATIC = join(ROOT, "..", "src", "openback", "web", "static");
const DIST = join(STATIC, "dist");

/** Return the entry files, in order: every .ts and .css directly in src/. */
async function entries() {
  const names = await readdir(join(ROOT, "src"));
  return names.filter((name) => /(?<!\.d)\.ts$|\.css$/.test(name)).sort().map((name) => join(ROOT, "src", name));
}

/** Takes the address of another host out of what is bundled: the WebAssembly comes from our own server. */
const near = {
  name: "near",
  setup(build) {
    build.onLoad({ filter: /[\\/]barcode-detector[\\/].*\.js$/ }, async ({ path }) => ({ contents: withoutFarAway(await readFile(path, "utf8")), loader: "js" }));
  },
};

/** Return esbuild's options; `hashed` names are for builds that browsers may keep for ever. */
async function options(outdir, hashed) {
  const name = hashed ? "[name]-[hash]" : "[name]";
  return {
    absWorkingDir: ROOT,
    entryPoints: await entries(),
    outdir,
    bundle: true,
    format: "esm",
    splitting: true,
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    entryNames: name,
    chunkNames: `chunk-${name}`,
    assetNames: name,
    loader: { ".woff": "file", ".woff2": "file", ".svg": "file", ".png": "file" },
    minify: hashed,
    sourcemap: !hashed,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    plugins: [near],
  };
}

/** Return {"theme.js": "theme-WG3L.js"} for every entry that esbuild wrote. */
function filesOf(metafile, outdir) {
  const files = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (output.entryPoint === undefined) continue;
    const name = output.entryPoint.replace(/^src\//, "").replace(/\.ts$/, ".js");
    files[name] = relative(outdir, join(ROOT, path)).split(sep).join("/");
  }
  return files;
}

/** Copy the files that vendor.json lists, names unchanged; return {package: folder below dist}. */
async function vendor(outdir) {
  const wanted = JSON.parse(await readFile(join(ROOT, "vendor.json"), "utf8"));
  const folders = {};
  for (const [name, { licence, files }] of Object.entries(wanted)) {
    const about = JSON.parse(await readFile(join(MODULES, name, "package.json"), "utf8"));
    if (about.license !== licence) {
      throw new Error(`vendor.json expects ${name} under ${licence}; the package says ${about.license}. Read it anew.`);
    }
    folders[name] = `vendor/${name}@${about.version}`;
    for (const file of files) {
      const target = join(outdir, folders[name], file);
      await mkdir(dirname(target), { recursive: true });
      if (/\.m?js$/.test(file)) await writeFile(target, withoutReports(await readFile(join(MODULES, name, file), "utf8")));
      else await cp(join(MODULES, name, file), target);
    }
  }
  return folders;
}

/** Make the pose models from the networks of a package that vendor.json names. */
async function poses(outdir, folders) {
  const folder = join(outdir, folders[pose.PACKAGE]);
  await mkdir(folder, { recursive: true });
  await pose.bundlePoses(MODULES, folder);
}

/** Write icons.json: for each name in icons.json the inside of its 24 by 24 outline SVG. */
async function icons(outdir) {
  const names = JSON.parse(await readFile(join(ROOT, "icons.json"), "utf8"));
  const shapes = {};
  for (const name of [...names].sort()) {
    const path = join(MODULES, "lucide-static", "icons", `${name}.svg`);
    const svg = await readFile(path, "utf8").catch(() => {
      throw new Error(`icons.json names ${name}; lucide-static has no such icon.`);
    });
    shapes[name] = svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/\s*\n\s*/g, "");
  }
  await writeFile(join(outdir, "icons.json"), `${JSON.stringify(shapes, null, 1)}\n`);
}

/** Write everything that esbuild does not: vendored files, icons, notices and last the manifest. */
async function finish(metafile, outdir) {
  const folders = await vendor(outdir);
  await poses(outdir, folders);
  await icons(outdir);
  const bundled = Object.keys(metafile.inputs).map(packageOf).filter((name) => name !== undefined);
  // Bundled it would still report home; the vendored copy does not.
  const loud = bundled.find((name) => name in folders);
  if (loud !== undefined) throw new Error(`${loud} is vendored: load it from Assets.vendor_url instead of importing it.`);
  const packages = [...new Set([...bundled, ...Object.keys(folders), "lucide-static"])].sort();
  await writeFile(join(outdir, "THIRD_PARTY_NOTICES.txt"), await licencesOf(packages, ROOT));
  const manifest = { files: filesOf(metafile, outdir), vendor: folders };
  await writeFile(join(outdir, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
}

/** Carry over what hatch_build.py made from Python's sources: a build of scripts leaves it as it is. */
async function keepBody(outdir) {
  await cp(join(DIST, "body"), join(outdir, "body"), { recursive: true }).catch((problem) => {
    if (problem.code !== "ENOENT") throw problem;
  });
}

/** Build beside dist, then swap, so that a running app never sees half of it. */
async function build() {
  const fresh = join(STATIC, `.dist-${createHash("sha256").update(`${process.pid}`).digest("hex").slice(0, 8)}`);
  await mkdir(fresh, { recursive: true });
  try {
    const { metafile } = await esbuild.build(await options(fresh, true));
    await finish(metafile, fresh);
    await keepBody(fresh);
    await rm(DIST, { recursive: true, force: true });
    await rename(fresh, DIST);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Keep dist up to date while a person edits; a new entry file needs a restart. */
async function watch() {
  await mkdir(DIST, { recursive: true });
  for (const name of await readdir(DIST)) {
    if (name !== "body") await rm(join(DIST, name), { recursive: true, force: true });
  }
  const manifest = {
    name: "manifest",
    setup(plugin) {
      plugin.onEnd(async (result) => {
        if (result.errors.length === 0) await finish(result.metafile, DIST);
      });
    },
  };
  const context = await esbuild.context({ ...(await options(DIST, false)), plugins: [near, manifest] });
  await context.watch();
}

await (process.argv.includes("--watch") ? watch() : build());
