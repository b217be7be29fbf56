/**
 * Reads barcodes in pictures, away from the page's own thread and on this device.
 *
 * The browser's own reader where it has one for food's barcodes, else zxing as WebAssembly from our own server.
 * Compiling WebAssembly is allowed to workers only (see web/security.py), so the reader stands here.
 * Started as a classic worker: this entry shares no module with another one.
 */
import { BarcodeDetector as Ponyfill, prepareZXingModule } from "barcode-detector/ponyfill";

type Load = { readonly type: "load"; readonly wasmUrl: string; readonly own: boolean };
type Look = { readonly type: "look"; readonly picture: ImageBitmap };
type Reader = { detect(picture: ImageBitmap): Promise<readonly { readonly rawValue: string }[]> };
type Native = {
  new (options: { formats: readonly string[] }): Reader;
  getSupportedFormats(): Promise<readonly string[]>;
};

// The library of types has no worker beside the page.
const here = globalThis as unknown as {
  BarcodeDetector?: Native;
  onmessage: ((event: MessageEvent<Load | Look>) => void) | null;
  postMessage(message: object): void;
};
/** The kinds of barcode that food carries. */
const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e"] as const;
let reader: Reader | null = null;

/** Return the browser's own reader, or null where it has none or one that does not know food's barcodes. */
async function native(): Promise<Reader | null> {
  const { BarcodeDetector: Native } = here;
  if (Native === undefined) return null;
  const known = await Native.getSupportedFormats().catch((): readonly string[] => []);
  return known.includes("ean_13") ? new Native({ formats: FORMATS.filter((one) => known.includes(one)) }) : null;
}

async function load({ wasmUrl, own }: Load): Promise<void> {
  reader = own ? null : await native();
  const kind = reader === null ? "zxing" : "browser";
  if (reader === null) {
    await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
    reader = new Ponyfill({ formats: [...FORMATS] });
  }
  here.postMessage({ type: "ready", kind });
}

async function look(picture: ImageBitmap): Promise<void> {
  try {
    const found = reader === null ? [] : await reader.detect(picture);
    here.postMessage({ type: "read", code: found[0]?.rawValue ?? "" });
  } finally {
    picture.close();
  }
}

here.onmessage = ({ data }) => {
  const failed = (problem: unknown) => here.postMessage({ type: "broken", why: problem instanceof Error ? problem.message : String(problem) });
  (data.type === "load" ? load(data) : look(data.picture)).catch(failed);
};
