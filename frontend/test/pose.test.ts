import assert from "node:assert/strict";
import { test } from "node:test";
import { at, bytes, fieldAt, floats, follow, lay, table, tablesAt, text, u32, u8, vector } from "../scripts/flatbuffer.mjs";
import { withMetadata, zip } from "../scripts/pose.mjs";
import { withoutReports } from "../scripts/reports.mjs";

/** A model as small as can be: version 3, one graph with an input and two outputs, two buffers. */
function model(): Buffer {
  const graphs = vector(table(undefined, vectorOfInts(0), vectorOfInts(1, 2)));
  return lay(table(u32(3), undefined, graphs, text("small"), vector(table(), table(bytes(Buffer.from("weights"))))), "TFL3");
}

const vectorOfInts = (...numbers: number[]) => ({ kind: "bytes", count: numbers.length, raw: Buffer.from(Int32Array.from(numbers).buffer) });

const words = (buffer: Buffer, field: number) => {
  const start = follow(buffer, field);
  return buffer.toString("utf8", start + 4, start + 4 + buffer.readUInt32LE(start));
};

function field(buffer: Buffer, start: number, number: number): number {
  const place = fieldAt(buffer, start, number);
  assert.notEqual(place, undefined);
  return place as number;
}

test("a table says which fields are left out", () => {
  const buffer = lay(table(undefined, u8(7), undefined, u32(9)), "TEST");
  const root = follow(buffer, 0);
  assert.equal(buffer.toString("latin1", 4, 8), "TEST");
  assert.equal(fieldAt(buffer, root, 0), undefined);
  assert.equal(buffer.readUInt8(field(buffer, root, 1)), 7);
  assert.equal(buffer.readUInt32LE(field(buffer, root, 3)), 9);
  assert.equal(fieldAt(buffer, root, 4), undefined);
  assert.deepEqual(tablesAt(buffer, root, 2), []);
});

test("a part that is laid before a buffer points into it, and begins it at a multiple of 64", () => {
  const older = lay(table(text("before")), "OLD_");
  const buffer = lay(table(at(follow(older, 0)), floats(0.5, 2)), "NEW_", older);
  const begin = buffer.length - older.length;
  assert.equal(begin % 64, 0);
  assert.deepEqual(buffer.subarray(begin), older);
  const inner = follow(buffer, field(buffer, follow(buffer, 0), 0));
  assert.equal(words(buffer, field(buffer, inner, 0)), "before");
});

test("a model keeps what it had and gains its metadata", () => {
  const old = model();
  const fresh = withMetadata(old, { mean: 127.5, std: 127.5 });
  const root = follow(fresh, 0);
  assert.equal(fresh.readUInt32LE(field(fresh, root, 0)), 3);
  assert.equal(words(fresh, field(fresh, root, 3)), "small");
  const buffers = tablesAt(fresh, root, 4);
  assert.equal(buffers.length, 3);
  assert.equal(words(fresh, field(fresh, buffers[1] as number, 0)), "weights");
  const [entry] = tablesAt(fresh, root, 6);
  assert.equal(words(fresh, field(fresh, entry as number, 0)), "TFLITE_METADATA");
  assert.equal(fresh.readUInt32LE(field(fresh, entry as number, 1)), 2);
  assert.deepEqual(withMetadata(old, { mean: 127.5, std: 127.5 }), fresh);
});

test("the metadata says how a picture is brought to numbers", () => {
  const fresh = withMetadata(model(), { mean: 127.5, std: 0.25 });
  const last = tablesAt(fresh, follow(fresh, 0), 4).at(-1) as number;
  const start = follow(fresh, field(fresh, last, 0));
  const about = fresh.subarray(start + 4, start + 4 + fresh.readUInt32LE(start));
  assert.equal(about.toString("latin1", 4, 8), "M001");
  const [graph] = tablesAt(about, follow(about, 0), 3);
  const [input] = tablesAt(about, graph as number, 2);
  assert.equal(tablesAt(about, graph as number, 3).length, 2);
  const [unit] = tablesAt(about, input as number, 4);
  assert.equal(about.readUInt8(field(about, unit as number, 0)), 1);
  const options = follow(about, field(about, unit as number, 1));
  const numbers = [0, 1].map((number) => about.readFloatLE(follow(about, field(about, options, number)) + 4));
  assert.deepEqual(numbers, [127.5, 0.25]);
});

test("what is no model is refused", () => {
  assert.throws(() => withMetadata(Buffer.from("PK\x03\x04 and so on"), { mean: 0, std: 1 }), { message: "This is no TFLite model." });
  const outside = lay(table(u32(3), undefined, undefined, undefined, vector(table(undefined, u32(8)))), "TFL3");
  assert.throws(() => withMetadata(outside, { mean: 0, std: 1 }), {
    message: "This model counts offsets from its front, so nothing can be put there.",
  });
});

test("a zip stores its files at multiples of 64 bytes, the same every time", () => {
  const files = { "a.tflite": Buffer.from("first"), "b.tflite": Buffer.alloc(100, "x") };
  const packed = zip(files);
  assert.deepEqual(zip(files), packed);
  assert.equal(packed.indexOf("first") % 64, 0);
  assert.equal(packed.indexOf("x".repeat(100)) % 64, 0);
  assert.equal(packed.toString("latin1", 0, 4), "PK\x03\x04");
  assert.equal(packed.readUInt16LE(packed.length - 22 + 10), 2);
  // CRC-32 of "first", as any other tool has it.
  assert.equal(packed.readUInt32LE(14), 0x9271ee57);
});

test("a script that reports nothing is left as it is", () => {
  assert.equal(withoutReports("export const a = 1;"), "export const a = 1;");
});

test("a report is dropped and taken for sent", () => {
  const posts: string[] = [];
  const script = withoutReports('sender.send({url:"https://odml.pa.googleapis.com/v1/log",body:1},()=>done("sent"))');
  const run = new Function("sender", "done", script);
  run({ send: () => posts.push("asked") }, (word: string) => posts.push(word));
  assert.deepEqual(posts, ["sent"]);
});

test("a report that we do not know stops the build", () => {
  assert.throws(() => withoutReports('fetch("https://play.googleapis.com/log")'), {
    message: "A vendored script would report to https://play.googleapis.com. Take that out in scripts/reports.mjs.",
  });
});
