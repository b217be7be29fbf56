/** The food log: amounts that follow a portion, and the camera that reads a barcode. */
import { startAmounts } from "./eat/amount.ts";
import { startScans } from "./eat/scan.ts";

startAmounts(document);
startScans(document);
