import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { licencesOf, packageOf } from "../scripts/licences.mjs";

/** Return a folder with one package below node_modules, removed when the test ends. */
async function root(t: TestContext, licence: string, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "openback-"));
  t.after(() => rm(folder, { recursive: true }));
  const own = join(folder, "node_modules", "@maker", "thing");
  await mkdir(own, { recursive: true });
  await mkdir(join(folder, "licences"));
  await writeFile(join(own, "package.json"), JSON.stringify({ version: "1.2.3", license: licence }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

test("our own files belong to no package", () => {
  assert.equal(packageOf("src/theme.ts"), undefined);
});

test("a path names its package, the innermost one, with its scope", () => {
  assert.equal(packageOf("node_modules/uplot/dist/uPlot.esm.js"), "uplot");
  assert.equal(packageOf("node_modules/a/node_modules/@maker/thing/index.js"), "@maker/thing");
});

test("a licence is quoted with its package and version", async (t) => {
  const folder = await root(t, "MIT", { "node_modules/@maker/thing/LICENSE.md": "Do as you like.\r\n" });
  assert.equal(await licencesOf(["@maker/thing"], folder), "@maker/thing 1.2.3 (MIT)\n\nDo as you like.\n");
});

test("what stands inside a package under another licence is quoted after it", async (t) => {
  const folder = await root(t, "MIT", { "node_modules/@maker/thing/LICENSE": "Do as you like.", "licences/@maker__thing__inside.txt": "And theirs.\n" });
  assert.equal(await licencesOf(["@maker/thing"], folder), "@maker/thing 1.2.3 (MIT)\n\nDo as you like.\n\nAnd theirs.\n");
});

test("a font's own licence is quoted after that of its package", async (t) => {
  const folder = await root(t, "MIT AND OFL-1.1", { "node_modules/@maker/thing/LICENSE": "Do as you like.", "node_modules/@maker/thing/LICENSE_FONT": "Keep its name." });
  assert.equal(await licencesOf(["@maker/thing"], folder), "@maker/thing 1.2.3 (MIT AND OFL-1.1)\n\nDo as you like.\n\nKeep its name.\n");
});

test("every part of a licence has been read", async (t) => {
  const folder = await root(t, "MIT AND SSPL-1.0", { "node_modules/@maker/thing/LICENSE": "Do as you like." });
  await assert.rejects(licencesOf(["@maker/thing"], folder), {
    message: "@maker/thing is under MIT AND SSPL-1.0, which scripts/licences.mjs does not know. Read it, then add it.",
  });
});

test("our stand-in serves where the package ships no text", async (t) => {
  const folder = await root(t, "MIT", { "licences/@maker__thing.txt": "Their words, from their repository." });
  assert.match(await licencesOf(["@maker/thing"], folder), /Their words, from their repository\./);
});

test("no text anywhere stops the build", async (t) => {
  const folder = await root(t, "MIT", {});
  await assert.rejects(licencesOf(["@maker/thing"], folder), {
    message: "@maker/thing ships no licence text. Put the text in frontend/licences/@maker__thing.txt.",
  });
});

test("a licence that nobody has read stops the build", async (t) => {
  const folder = await root(t, "SSPL-1.0", {});
  await assert.rejects(licencesOf(["@maker/thing"], folder), {
    message: "@maker/thing is under SSPL-1.0, which scripts/licences.mjs does not know. Read it, then add it.",
  });
});
