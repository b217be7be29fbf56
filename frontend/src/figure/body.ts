/** The skin of the figure, out of the file that `openback.motion.figure.body_file` writes: half a body, mirrored here. */

interface Header {
  vertices: number;
  middle: number;
  triangles: number;
  low_m: [number, number, number];
  high_m: [number, number, number];
  bones: string[];
  mirror: number[];
  regions: string[];
}

export interface Body {
  bones: string[];
  regions: string[];
  position: Float32Array;
  normal: Float32Array;
  skinIndex: Uint8Array;
  skinWeight: Uint8Array;
  /** Two regions a vertex, each with how much the vertex belongs to it, 0 to 255. */
  region: Uint8Array;
  strength: Uint8Array;
  shade: Uint8Array;
  index: Uint16Array;
}

const MAGIC = "OBF1";

/** Return the whole body of a file; an Error when it is none. */
export function bodyOf(file: ArrayBuffer): Body {
  const text = new TextDecoder();
  if (text.decode(file.slice(0, 4)) !== MAGIC) throw new Error("This is not a body's file.");
  const length = new DataView(file).getUint32(4, true);
  const header = JSON.parse(text.decode(file.slice(8, 8 + length))) as Header;
  let at = 8 + length;
  const next = (bytes: number): number => {
    const start = at;
    at += bytes + ((4 - (bytes % 4)) % 4);
    return start;
  };
  const n = header.vertices;
  const points = new Uint16Array(file, next(n * 6), n * 3);
  const normals = new Int8Array(file, next(n * 3), n * 3);
  const bones = new Uint8Array(file, next(n * 4), n * 4);
  const weights = new Uint8Array(file, next(n * 4), n * 4);
  const region = new Uint8Array(file, next(n * 2), n * 2);
  const strength = new Uint8Array(file, next(n * 2), n * 2);
  const shade = new Uint8Array(file, next(n), n);
  const triangles = new Uint16Array(file, next(header.triangles * 6), header.triangles * 3);
  const mirror = Uint8Array.from(header.mirror);
  const position = mirrored(placed(points, header), 3, header.middle, [-1, 1, 1]);
  return {
    bones: header.bones,
    regions: header.regions,
    position,
    normal: mirrored(Float32Array.from(normals, (value) => value / 127), 3, header.middle, [-1, 1, 1]),
    skinIndex: doubled(bones, 4, header.middle, (bone) => mirror[bone] ?? bone),
    skinWeight: doubled(weights, 4, header.middle),
    region: doubled(region, 2, header.middle),
    strength: doubled(strength, 2, header.middle),
    shade: doubled(shade, 1, header.middle),
    index: bothSides(triangles, n, header.middle),
  };
}

function placed(points: Uint16Array, header: Header): Float32Array {
  const result = new Float32Array(points.length);
  for (const [i, value] of points.entries()) {
    const low = header.low_m[i % 3] ?? 0;
    const high = header.high_m[i % 3] ?? 1;
    result[i] = i % 3 === 0 && i < 3 * header.middle ? 0 : low + (value / 65535) * (high - low);
  }
  return result;
}

/** Return a table followed by its mirror image without the vertices on the middle. */
function mirrored(table: Float32Array, width: number, middle: number, factors: readonly number[]): Float32Array {
  const result = new Float32Array(2 * table.length - middle * width);
  result.set(table);
  for (let from = middle * width, to = table.length; from < table.length; from++, to++) {
    result[to] = (table[from] ?? 0) * (factors[from % width] ?? 1);
  }
  return result;
}

function doubled(table: Uint8Array, width: number, middle: number, change: (value: number) => number = (value) => value): Uint8Array {
  const result = new Uint8Array(2 * table.length - middle * width);
  result.set(table);
  result.set(table.subarray(middle * width).map(change), table.length);
  return result;
}

function bothSides(triangles: Uint16Array, count: number, middle: number): Uint16Array {
  const result = new Uint16Array(2 * triangles.length);
  result.set(triangles);
  const image = (vertex: number) => (vertex < middle ? vertex : vertex - middle + count);
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [triangles[i] ?? 0, triangles[i + 1] ?? 0, triangles[i + 2] ?? 0];
    result.set([image(c), image(b), image(a)], triangles.length + i);
  }
  return result;
}
