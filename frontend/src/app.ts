/** What every page carries: htmx for small updates, sheets, steppers, and the line that is said once. */
import "htmx.org";
import { startCopying } from "./shared/copy.ts";
import { startQuestions } from "./shared/question.ts";
import { startSheets } from "./shared/sheet.ts";
import { startStaying } from "./shared/stay.ts";
import { startSteppers } from "./shared/stepper.ts";
import { offerLastSession, syncOf } from "./shared/sync.ts";
import { showTab } from "./shared/tabs.ts";
import { startToasts } from "./shared/toast.ts";

startQuestions(document);
startSheets(document);
startSteppers(document);
startStaying(document);
startToasts(document);
startCopying(document);
showTab(document);
syncOf(document);
offerLastSession(document);
