/** What every page carries: htmx for small updates, sheets, steppers, and the line that is said once. */
import "htmx.org";
import { startSheets } from "./shared/sheet.ts";
import { startSteppers } from "./shared/stepper.ts";
import { startToasts } from "./shared/toast.ts";

startSheets(document);
startSteppers(document);
startToasts(document);
