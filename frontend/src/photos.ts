/** The pages of the photos: the camera, and two photos compared. */
import { startPhotoCameras } from "./photos/camera.ts";
import { startSliders } from "./photos/slider.ts";

startPhotoCameras(document);
startSliders(document);
