/** What the packages inside our bundle ask us to pass on. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

// Licences that allow a package inside an Apache-2.0 program. A new one is read by a person first.
const ALLOWED = new Set(["0BSD", "Apache-2.0", "BSD-0-Clause", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "OFL-1.1"]);

/** Return the package that a path of esbuild's metafile belongs to, undefined for our own files. */
export function packageOf(path) {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/** Return the text of a package's licence, and of what stands inside it under another one (licences/NAME__inside.txt). */
async function textOf(name, root) {
  const inside = await readFile(join(root, "licences", `${name.replace("/", "__")}__inside.txt`), "utf8").catch(() => "");
  return `${await ownTextOf(name, root)}\n\n${inside}`;
}

/** Return the text of a package's licence: its own files, of code and of fonts, else our stand-in in licences/. */
async function ownTextOf(name, root) {
  const folder = join(root, "node_modules", name);
  const files = (await readdir(folder)).sort().filter((entry) => /^(licen[cs]e|copying)(_font)?(\.|$)/i.test(entry));
  if (files.length > 0) return (await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))).join("\n\n");
  return readFile(join(root, "licences", `${name.replace("/", "__")}.txt`), "utf8").catch(() => {
    throw new Error(`${name} ships no licence text. Put the text in frontend/licences/${name.replace("/", "__")}.txt.`);
  });
}

/** Return one text with the licence of every package; throws when one is unknown or has no text. */
export async function licencesOf(packages, root) {
  const parts = [];
  for (const name of packages) {
    const about = JSON.parse(await readFile(join(root, "node_modules", name, "package.json"), "utf8"));
    if (!about.license.split(" AND ").every((one) => ALLOWED.has(one))) {
      throw new Error(`${name} is under ${about.license}, which scripts/licences.mjs does not know. Read it, then add it.`);
    }
    const text = (await textOf(name, root)).replaceAll("\r\n", "\n").trim();
    parts.push(`${name} ${about.version} (${about.license})\n\n${text}\n`);
  }
  return parts.join(`\n${"-".repeat(78)}\n\n`);
}
