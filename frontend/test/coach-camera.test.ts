import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { type CameraError, openCamera } from "../src/coach/camera.ts";
import { keepAwake } from "../src/coach/wake.ts";

class Track extends EventTarget {
  readyState = "live";
  muted = false;
  readonly wished: object[] = [];
  private readonly torch: boolean;

  constructor(torch: boolean) {
    super();
    this.torch = torch;
  }

  getSettings = () => ({ deviceId: "one", facingMode: "environment" });
  getCapabilities = () => ({ torch: this.torch });
  applyConstraints = async (wish: object) => void this.wished.push(wish);
  stop = () => {
    this.readyState = "ended";
  };
}

/** A page with one camera, or with one that fails with an error of this name. */
function stage({ fails = "", torch = false } = {}) {
  const track = new Track(torch);
  const devices = Object.assign(new EventTarget(), {
    there: [{ kind: "videoinput", deviceId: "one" }],
    asked: [] as MediaStreamConstraints[],
    getUserMedia: async (wanted: MediaStreamConstraints) => {
      devices.asked.push(wanted);
      if (fails !== "") throw Object.assign(new Error("no"), { name: fails });
      return { getTracks: () => [track], getVideoTracks: () => [track] };
    },
    enumerateDevices: async () => devices.there,
  });
  const page = Object.assign(new EventTarget(), { hidden: false });
  const video = Object.assign(new EventTarget(), { ownerDocument: page, srcObject: null as unknown, paused: false, played: 0, play: async () => void (video.played += 1) });
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { mediaDevices: devices } });
  Object.defineProperty(globalThis, "isSecureContext", { configurable: true, value: true });
  const open = () => openCamera(video as unknown as HTMLVideoElement, "environment");
  return { track, devices, page, video, open };
}

async function opened(options = {}) {
  const all = stage(options);
  const camera = await all.open();
  const ends: string[] = [];
  camera.onEnded = (reason) => ends.push(reason);
  return { ...all, camera, ends };
}

const settled = () => new Promise((done) => setImmediate(done));

for (const [name, reason] of [["NotAllowedError", "refused"], ["NotFoundError", "none"], ["NotReadableError", "busy"], ["Whatever", "busy"]] as const) {
  test(`a camera that fails with ${name} is ${reason}`, async () => {
    await assert.rejects(stage({ fails: name }).open(), (problem: CameraError) => problem.reason === reason);
  });
}

test("a page over plain http may not ask", async () => {
  const { open, devices } = stage();
  Object.defineProperty(globalThis, "isSecureContext", { configurable: true, value: false });
  await assert.rejects(open(), (problem: CameraError) => problem.reason === "insecure");
  assert.equal(devices.asked.length, 0);
});

test("the camera is asked for without sound, the way that it should face", async () => {
  const { devices, camera, video } = await opened();
  assert.equal(devices.asked[0]?.audio, false);
  assert.deepEqual((devices.asked[0]?.video as MediaTrackConstraints).facingMode, { ideal: "environment" });
  assert.equal(camera.facing, "environment");
  assert.equal(video.played, 1);
});

for (const torch of [false, true]) {
  test(`a lamp is turned off where there is one: ${torch}`, async () => {
    const { track } = await opened({ torch });
    assert.deepEqual(track.wished, torch ? [{ advanced: [{ torch: false }] }] : []);
  });
}

test("a track that ends was unplugged, and is told once", async () => {
  const { track, ends, video } = await opened();
  track.dispatchEvent(new Event("ended"));
  track.dispatchEvent(new Event("ended"));
  assert.deepEqual(ends, ["unplugged"]);
  assert.equal(video.srcObject, null);
});

test("a camera that is no longer among the devices was unplugged", async () => {
  const { devices, ends } = await opened();
  devices.dispatchEvent(new Event("devicechange"));
  await settled();
  assert.deepEqual(ends, []);
  devices.there = [];
  devices.dispatchEvent(new Event("devicechange"));
  await settled();
  assert.deepEqual(ends, ["unplugged"]);
});

test("a short silence is no loss, a long one is, and none of a hidden page", async () => {
  const { track, page, ends } = await opened();
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    track.dispatchEvent(new Event("mute"));
    mock.timers.tick(1_000);
    track.dispatchEvent(new Event("unmute"));
    mock.timers.tick(5_000);
    page.hidden = true;
    track.muted = true;
    track.dispatchEvent(new Event("mute"));
    mock.timers.tick(5_000);
    assert.deepEqual(ends, []);
    page.hidden = false;
    page.dispatchEvent(new Event("visibilitychange"));
    mock.timers.tick(2_100);
    assert.deepEqual(ends, ["unplugged"]);
  } finally {
    mock.timers.reset();
  }
});

test("a picture that a turned phone stopped goes on", async () => {
  const { video } = await opened();
  video.paused = true;
  video.dispatchEvent(new Event("pause"));
  assert.equal(video.played, 2);
});

test("a camera that was stopped says nothing more", async () => {
  const { camera, track, ends } = await opened();
  camera.stop();
  track.dispatchEvent(new Event("ended"));
  assert.deepEqual(ends, []);
  assert.equal(track.readyState, "ended");
});

// --- The screen -------------------------------------------------------------------------------------------------

test("where the screen cannot be kept on, nothing happens", async () => {
  const { page } = stage();
  keepAwake(page as unknown as Document)();
  await settled();
});

test("the screen is asked for anew when the page is back, and let go at the end", async () => {
  const { page } = stage();
  const locks: { released: boolean }[] = [];
  const request = async () => {
    const lock = { released: false, release: async () => void (lock.released = true) };
    locks.push(lock);
    return lock;
  };
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { wakeLock: { request } } });
  const release = keepAwake(page as unknown as Document);
  await settled();
  page.dispatchEvent(new Event("visibilitychange"));
  await settled();
  assert.equal(locks.length, 1);
  if (locks[0] !== undefined) locks[0].released = true;
  page.dispatchEvent(new Event("visibilitychange"));
  await settled();
  assert.equal(locks.length, 2);
  release();
  assert.equal(locks[1]?.released, true);
  page.dispatchEvent(new Event("visibilitychange"));
  await settled();
  assert.equal(locks.length, 2);
});
