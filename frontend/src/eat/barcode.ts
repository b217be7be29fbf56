/** Barcodes of food: what is one, and when a reading is sure enough to act on. */

/** A single look can be wrong: a number is taken when two looks in a row agree. */
const SURE = 2;

/** Return the digits of what was typed or read: spaces and hyphens are how people write a number. */
export function digitsOf(text: string): string {
  return text.replace(/[\s-]/g, "");
}

/** Return whether a number is a barcode of a shop: 8, 12, 13 or 14 digits, the last of which fits the others. */
export function isBarcode(digits: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return false;
  const [check = 0, ...others] = [...digits].map(Number).reverse();
  const sum = others.reduce((so_far, digit, at) => so_far + digit * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === check;
}

/** Takes what single looks read, and says a number once it is sure. */
export class Readings {
  private last = "";
  private times = 0;

  /** Return the number that is sure now, or null. A look that saw nothing is "". */
  add(read: string): string | null {
    const digits = digitsOf(read);
    if (!isBarcode(digits)) return null;
    this.times = digits === this.last ? this.times + 1 : 1;
    this.last = digits;
    return this.times >= SURE ? digits : null;
  }
}

export type ScanTrouble = "refused" | "none" | "busy" | "insecure" | "unplugged" | "reader";

/** What is said when the camera cannot be used; the number below the bars can always be typed. */
export const SCAN_TROUBLES: Readonly<Record<ScanTrouble, string>> = {
  refused: "The camera is not allowed for this page. Allow it in the browser’s address bar or settings and try again, or type the number below the bars.",
  none: "There is no camera here. Type the number below the bars.",
  busy: "Another program has the camera. Close it there and try again, or type the number below the bars.",
  insecure: "Browsers give the camera only to pages that come by https, or from this machine. Type the number below the bars.",
  unplugged: "The camera went away. Try again, or type the number below the bars.",
  reader: "This browser cannot read barcodes. Type the number below the bars.",
};

/** Return the address of a barcode's food: `template` holds {code} where the number goes. */
export function addressOf(template: string, code: string): string {
  return template.replace("{code}", encodeURIComponent(code));
}
