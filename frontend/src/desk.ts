/** The Desk's cameras: posture from four sides, and the takes of the tests. */
import { startPosture } from "./desk/posture.ts";
import { startTakes } from "./desk/takes.ts";

startPosture(document);
startTakes(document);
