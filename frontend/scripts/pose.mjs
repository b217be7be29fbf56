/**
 * The pose models, as MediaPipe Tasks wants them, for the browser and for Python: the same bytes.
 *
 * `@mediapipe/pose` ships the networks without the metadata that says how a picture is brought to
 * numbers. A bundle is a stored zip of the detector (the whole of pose_solution_packed_assets.data)
 * and one landmark network, each with that metadata put in front.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { at, bytes, fieldAt, floats, follow, lay, table, tablesAt, text, u32, u8, vector } from "./flatbuffer.mjs";

export const PACKAGE = "@mediapipe/pose";
export const MODELS = ["lite", "full", "heavy"];

// Fields of TFLite's schema (tensorflow/compiler/mlir/lite/schema/schema.fbs), by their place in it.
const MODEL = { version: 0, operators: 1, subgraphs: 2, description: 3, buffers: 4, metadataBuffer: 5, metadata: 6, signatures: 7 };
const SUBGRAPH = { inputs: 1, outputs: 2 };
const BUFFER = { offset: 1 };
const RGB = u8(1);
const IMAGE_PROPERTIES = u8(2);
const NORMALIZATION = u8(1);

/** Write a bundle for each landmark network into `outdir`; returns the names of the files. */
export async function bundlePoses(modules, outdir) {
  const source = (name) => readFile(join(modules, PACKAGE, name));
  // The detector takes -1 to 1, the landmark networks 0 to 1.
  const detector = withMetadata(await source("pose_solution_packed_assets.data"), { mean: 127.5, std: 127.5 });
  const names = [];
  for (const model of MODELS) {
    const landmarks = withMetadata(await source(`pose_landmark_${model}.tflite`), { mean: 0, std: 255 });
    const name = `pose_${model}.task`;
    await writeFile(join(outdir, name), zip({ "pose_detector.tflite": detector, "pose_landmarks_detector.tflite": landmarks }));
    names.push(name);
  }
  return names;
}

/** Return a TFLite model with metadata: a new root in front, which points into the old model. */
export function withMetadata(model, scaling) {
  if (model.toString("latin1", 4, 8) !== "TFL3") throw new Error("This is no TFLite model.");
  const root = follow(model, 0);
  const buffers = tablesAt(model, root, MODEL.buffers);
  if (buffers.some((buffer) => fieldAt(model, buffer, BUFFER.offset) !== undefined)) {
    throw new Error("This model counts offsets from its front, so nothing can be put there.");
  }
  const old = (number) => {
    const field = fieldAt(model, root, number);
    return field === undefined ? undefined : at(follow(model, field));
  };
  const entry = table(text("TFLITE_METADATA"), u32(buffers.length));
  const fresh = table(
    u32(model.readUInt32LE(fieldAt(model, root, MODEL.version))),
    old(MODEL.operators),
    old(MODEL.subgraphs),
    old(MODEL.description),
    vector(...buffers.map(at), table(bytes(describe(model, root, scaling)))),
    old(MODEL.metadataBuffer),
    vector(...tablesAt(model, root, MODEL.metadata).map(at), entry),
    old(MODEL.signatures),
  );
  return lay(fresh, "TFL3", model);
}

/** Return the metadata: each input is a picture in RGB, brought to (value - mean) / std. */
function describe(model, root, { mean, std }) {
  const [graph] = tablesAt(model, root, MODEL.subgraphs);
  const count = (number) => model.readUInt32LE(follow(model, fieldAt(model, graph, number)));
  const scaling = table(NORMALIZATION, table(floats(mean), floats(std)));
  const picture = table(IMAGE_PROPERTIES, table(RGB));
  const input = table(text("image"), undefined, undefined, picture, vector(scaling));
  const outputs = Array.from({ length: count(SUBGRAPH.outputs) }, (_, number) => table(text(`out${number}`)));
  const inputs = Array(count(SUBGRAPH.inputs)).fill(input);
  const subgraph = table(undefined, undefined, vector(...inputs), vector(...outputs));
  return lay(table(text("pose"), undefined, undefined, vector(subgraph)), "M001");
}

/** Return a zip of stored files, each at a multiple of 64 bytes, dated 1 January 1980: always the same bytes. */
export function zip(files) {
  const parts = [];
  const directory = [];
  let size = 0;
  for (const [name, content] of Object.entries(files)) {
    const title = Buffer.from(name);
    const about = headerOf(title, content);
    const extra = padding(size + 30 + title.length);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(size, 10);
    directory.push(Buffer.from("PK\x01\x02\x0a\0", "latin1"), about, Buffer.alloc(2), place, title);
    const local = [Buffer.from("PK\x03\x04"), about, Buffer.from([extra.length, 0]), title, extra, content];
    parts.push(...local);
    size += local.reduce((sum, part) => sum + part.length, 0);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(size, 16);
  return Buffer.concat([...parts, listed, end]);
}

/** Return what a zip says of a file in both of its places. */
function headerOf(title, content) {
  const about = Buffer.alloc(24);
  about.writeUInt16LE(10, 0); // the version that can read it
  about.writeUInt16LE(0x21, 8); // the date
  about.writeUInt32LE(crc32(content), 10);
  about.writeUInt32LE(content.length, 14);
  about.writeUInt32LE(content.length, 18);
  about.writeUInt16LE(title.length, 22);
  return about;
}

/** Return an extra field that brings what follows `position` to a multiple of 64: MediaPipe maps it as it lies. */
function padding(position) {
  const free = (64 - ((position + 4) % 64)) % 64;
  const extra = Buffer.alloc(4 + free);
  extra.writeUInt16LE(0xd935, 0); // the id that Android's zipalign uses
  extra.writeUInt16LE(free, 2);
  return extra;
}

// zlib has crc32 only since Node 20.15.
const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

function crc32(content) {
  let crc = -1;
  for (const byte of content) crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}
