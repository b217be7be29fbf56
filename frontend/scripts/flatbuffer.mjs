/**
 * Flatbuffers, written from front to back: as much as a model's metadata needs.
 *
 * Every offset in a flatbuffer points forward and is relative to where it stands. So a part can be
 * laid before an older buffer and point into it, and nothing of the older buffer has to be moved.
 * A node is what is laid: table(…), vector(…), floats(…), text(…), bytes(…), at(…).
 */

const ALIGN = 16;

/** A table; its fields in the schema's order: undefined (left out), a number with its width, or a node. */
export const table = (...fields) => ({ kind: "table", fields });
/** A vector of tables or texts. */
export const vector = (...nodes) => ({ kind: "vector", nodes });
export const floats = (...numbers) => ({ kind: "bytes", count: numbers.length, raw: Buffer.from(Float32Array.from(numbers).buffer) });
export const bytes = (raw) => ({ kind: "bytes", count: raw.length, raw });
export const text = (words) => ({ kind: "bytes", count: Buffer.byteLength(words), raw: Buffer.from(`${words}\0`) });
/** What already stands at a position of the older buffer. */
export const at = (position) => ({ kind: "at", position });
export const u8 = (value) => ({ width: 1, value });
export const u32 = (value) => ({ width: 4, value });

/** Return a buffer with `root` in front of `older`, which begins at a multiple of 64 bytes. */
export function lay(root, id, older = Buffer.alloc(0)) {
  const page = { out: Buffer.alloc(1 << 12), end: 8, back: [] };
  page.out.write(id, 4, "latin1");
  pointTo(page, 0, root);
  const begin = older.length === 0 ? page.end : Math.ceil(page.end / 64) * 64;
  room(page, begin);
  for (const { from, position } of page.back) page.out.writeUInt32LE(begin + position - from, from);
  return Buffer.concat([page.out.subarray(0, begin), older]);
}

/** Lay a node behind what is there and let the offset at `from` point to it. */
function pointTo(page, from, node) {
  if (node.kind === "at") page.back.push({ from, position: node.position });
  else page.out.writeUInt32LE(LAY[node.kind](page, node) - from, from);
}

const LAY = { table: layTable, vector: layVector, bytes: layBytes };

function layTable(page, { fields }) {
  const vtable = take(page, 4 + 2 * fields.length, 4);
  const places = placesOf(fields);
  const start = take(page, places.size, 4);
  page.out.writeUInt16LE(4 + 2 * fields.length, vtable);
  page.out.writeUInt16LE(places.size, vtable + 2);
  page.out.writeInt32LE(start - vtable, start);
  for (const [number, place] of places.of) {
    page.out.writeUInt16LE(place, vtable + 4 + 2 * number);
    const field = fields[number];
    if (field.width === undefined) pointTo(page, start + place, field);
    else page.out.writeUIntLE(field.value, start + place, field.width);
  }
  return start;
}

/** Return where each field that is there stands in its table, the wide ones first. */
function placesOf(fields) {
  const of = [];
  let size = 4;
  for (const narrow of [false, true]) {
    fields.forEach((field, number) => {
      if (field === undefined || (field.width === 1) !== narrow) return;
      of.push([number, size]);
      size += narrow ? 1 : 4;
    });
  }
  return { of, size };
}

function layVector(page, { nodes }) {
  const start = take(page, 4 + 4 * nodes.length, 4);
  page.out.writeUInt32LE(nodes.length, start);
  nodes.forEach((node, number) => pointTo(page, start + 4 + 4 * number, node));
  return start;
}

function layBytes(page, { count, raw }) {
  // The contents, not the count before them, stand at the multiple.
  const start = take(page, 4 + raw.length, ALIGN, 4);
  page.out.writeUInt32LE(count, start);
  raw.copy(page.out, start + 4);
  return start;
}

/** Return the start of `size` fresh bytes; `start + ahead` is a multiple of `align`. */
function take(page, size, align, ahead = 0) {
  const start = Math.ceil((page.end + ahead) / align) * align - ahead;
  room(page, start + size);
  page.end = start + size;
  return start;
}

function room(page, size) {
  if (size <= page.out.length) return;
  page.out = Buffer.concat([page.out, Buffer.alloc(Math.max(size - page.out.length, page.out.length))]);
}

/** Return where the offset at `position` points to. */
export const follow = (buffer, position) => position + buffer.readUInt32LE(position);

/** Return where a table's field stands, undefined when it is left out. */
export function fieldAt(buffer, start, number) {
  const vtable = start - buffer.readInt32LE(start);
  if (4 + 2 * number >= buffer.readUInt16LE(vtable)) return undefined;
  const place = buffer.readUInt16LE(vtable + 4 + 2 * number);
  return place === 0 ? undefined : start + place;
}

/** Return where the tables of a vector field stand; none when the field is left out. */
export function tablesAt(buffer, start, number) {
  const field = fieldAt(buffer, start, number);
  if (field === undefined) return [];
  const first = follow(buffer, field);
  return Array.from({ length: buffer.readUInt32LE(first) }, (_, n) => follow(buffer, first + 4 + 4 * n));
}
