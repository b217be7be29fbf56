/** The figure on its stage, in three.js: a skin that follows bones, props, soft light, a shadow. */
import {
  BoxGeometry,
  Bone,
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  Color,
  CylinderGeometry,
  DirectionalLight,
  Group,
  HemisphereLight,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  NoToneMapping,
  PCFShadowMap,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  ShadowMaterial,
  Skeleton,
  SkinnedMesh,
  SphereGeometry,
  SRGBColorSpace,
  Vector3,
  WebGLRenderer,
} from "three";
import { RoundedBoxGeometry } from "three/addons/geometries/RoundedBoxGeometry.js";
import type { Body } from "./body.ts";
import { LOOKS, type Look, type Theme } from "./look.ts";
import { mixed, momentAt, tinted, type Motion, type Prop } from "./motion.ts";

const LENS_DEG = 24;
const ROUND_M = 0.012;
const MOVE = 7; // Numbers of a bone: turn and shift.
const PLACE = 8; // Numbers of a prop: turn, place, length.

export interface Stage {
  /** Show the figure at a time of its rep, from a direction. */
  draw(time_s: number, yaw_deg: number, pitch_deg: number): void;
  resize(width: number, height: number, ratio: number): void;
  wear(theme: Theme): void;
  end(): void;
}

interface Shown {
  mesh: Mesh;
  prop: Prop;
  now: Float32Array;
}

/** Set up a stage on a canvas; an Error when the browser has no WebGL. */
export function staged(canvas: HTMLCanvasElement, body: Body, motion: Motion, theme: Theme): Stage {
  const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true, powerPreference: "low-power" });
  renderer.setClearAlpha(0);
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.toneMapping = NoToneMapping;
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  const scene = new Scene();
  const camera = new PerspectiveCamera(LENS_DEG, 1, 0.1, 40);
  const lights = lit(motion);
  scene.add(lights.group);
  const skin = skinned(body, motion);
  scene.add(skin.mesh);
  const props = motion.props.map(shown);
  for (const { mesh } of props) scene.add(mesh);
  const floor = grounded(motion);
  scene.add(floor.group);
  const now = new Float32Array(motion.bones.length * MOVE);

  const wear = (next: Theme) => {
    const look = LOOKS[next];
    skin.paint(look);
    for (const { mesh, prop } of props) dressed(mesh, prop, look);
    lights.wear(look);
    floor.wear(look);
  };
  wear(theme);
  return {
    wear,
    draw(time_s, yaw_deg, pitch_deg) {
      const { before, after, share } = momentAt(motion, time_s);
      mixed(motion.moves[before] ?? [], motion.moves[after] ?? [], share, MOVE, now);
      for (const [i, bone] of skin.bones.entries()) {
        bone.quaternion.fromArray(now, i * MOVE);
        bone.position.fromArray(now, i * MOVE + 4);
        bone.updateMatrixWorld();
      }
      for (const one of props) put(one, before, after, share);
      aimed(camera, motion, yaw_deg, pitch_deg);
      lights.follow(yaw_deg);
      renderer.render(scene, camera);
    },
    resize(width, height, ratio) {
      renderer.setPixelRatio(ratio);
      renderer.setSize(width, height, false);
      camera.aspect = width / height;
    },
    end() {
      renderer.dispose();
      renderer.forceContextLoss(); // Browsers give few contexts; the next figure needs this one.
    },
  };
}

// --- The skin -------------------------------------------------------------------------------------------

function skinned(body: Body, motion: Motion): { mesh: SkinnedMesh; bones: Bone[]; paint: (look: Look) => void } {
  const shape = new BufferGeometry();
  shape.setAttribute("position", new BufferAttribute(body.position, 3));
  shape.setAttribute("normal", new BufferAttribute(body.normal, 3));
  shape.setAttribute("skinIndex", new BufferAttribute(body.skinIndex, 4));
  shape.setAttribute("skinWeight", new BufferAttribute(body.skinWeight, 4, true));
  shape.setIndex(new BufferAttribute(body.index, 1));
  const colours = new BufferAttribute(new Float32Array(body.position.length), 3);
  shape.setAttribute("color", colours);
  const bones = body.bones.map(() => new Bone());
  const mesh = new SkinnedMesh(shape, new MeshStandardMaterial({ vertexColors: true, roughness: 0.72, metalness: 0 }));
  // The server's transforms already lead from the bind pose into the room: nothing is to be undone.
  mesh.bind(new Skeleton(bones, bones.map(() => new Matrix4())), new Matrix4());
  mesh.frustumCulled = false;
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  const shares = body.regions.map((name) => motion.muscles[name] ?? 0);
  return { mesh, bones, paint: (look) => painted(colours, body, shares, look) };
}

function painted(colours: BufferAttribute, body: Body, shares: readonly number[], look: Look): void {
  const skin = new Color(look.skin);
  const accent = new Color(look.accent);
  const worn = new Map([["hair", new Color(look.hair)], ["cloth", new Color(look.cloth)]].map(([name, colour]) => [body.regions.indexOf(name as string), colour as Color]));
  const one = new Color();
  for (let i = 0; i < body.shade.length; i++) {
    let share = 0;
    one.copy(skin);
    for (const at of [2 * i, 2 * i + 1]) share += ((shares[body.region[at] ?? 0] ?? 0) * (body.strength[at] ?? 0)) / 255;
    const tint = tinted(share);
    for (const at of [2 * i, 2 * i + 1]) {
      const colour = worn.get(body.region[at] ?? 0);
      // Over a muscle that works, cloth makes way.
      if (colour !== undefined) one.lerp(colour, ((body.strength[at] ?? 0) / 255) * (1 - Math.min(1.5 * tint, 1)));
    }
    const open = (body.shade[i] ?? 255) / 255;
    one.lerp(accent, tint);
    const light = 0.36 + 0.64 * open;
    one.setRGB(one.r * light, one.g * light ** 1.06, one.b * light ** 1.1);
    colours.setXYZ(i, one.r, one.g, one.b);
  }
  colours.needsUpdate = true;
}

// --- Props ----------------------------------------------------------------------------------------------

function shown(prop: Prop): Shown {
  const mesh = new Mesh(shapeOf(prop), new MeshStandardMaterial());
  mesh.castShadow = prop.shape !== "panel" && prop.material !== "mat";
  mesh.receiveShadow = true;
  return { mesh, prop, now: new Float32Array(PLACE) };
}

function shapeOf({ shape, size_m }: Prop): BufferGeometry {
  const [x, y, z] = size_m;
  if (shape === "tube") return new CylinderGeometry(x, x, 1, 28);
  if (shape === "ball") return new SphereGeometry(x, 20, 14);
  if (shape === "panel") return new PlaneGeometry(x, y);
  if (Math.min(x, y, z) < 2 * ROUND_M) return new BoxGeometry(x, y, z);
  return new RoundedBoxGeometry(x, y, z, 4, ROUND_M);
}

function dressed(mesh: Mesh, prop: Prop, look: Look): void {
  const material = mesh.material;
  if (!(material instanceof MeshStandardMaterial)) return;
  material.color.set(look.materials[prop.material] ?? look.skin);
  material.roughness = prop.material === "steel" ? 0.34 : 0.78;
  material.metalness = prop.material === "steel" ? 0.25 : 0;
}

function put({ mesh, prop, now }: Shown, before: number, after: number, share: number): void {
  const [a, b] = prop.at.length > 1 ? [prop.at[before] ?? [], prop.at[after] ?? []] : [prop.at[0] ?? [], prop.at[0] ?? []];
  mixed(a, b, share, PLACE, now);
  mesh.quaternion.fromArray(now, 0);
  mesh.position.fromArray(now, 4);
  if (prop.shape === "tube") mesh.scale.y = Math.max(now[7] ?? 1, 1e-4);
}

// --- Light, ground, camera -----------------------------------------------------------------------------

function middleOf(motion: Motion): Vector3 {
  return new Vector3().fromArray(motion.low_m).add(new Vector3().fromArray(motion.high_m)).multiplyScalar(0.5);
}

function lit(motion: Motion): { group: Group; wear: (look: Look) => void; follow: (yaw_deg: number) => void } {
  const group = new Group();
  const sky = new HemisphereLight(0xffffff, 0x888888, 1.6);
  const key = new DirectionalLight(0xfff4e6, 2.2);
  const fill = new DirectionalLight(0xe8eeff, 0.45);
  const middle = middleOf(motion);
  group.position.copy(middle);
  key.position.set(-1.6, 3.2, 2.1);
  fill.position.set(2.4, 0.8, 1.6);
  key.castShadow = true;
  key.shadow.mapSize.set(1024, 1024);
  key.shadow.radius = 5;
  key.shadow.bias = -0.0004;
  key.shadow.normalBias = 0.015;
  const reach = Math.max(1.3, new Vector3().fromArray(motion.high_m).sub(middle).length() * 1.15);
  Object.assign(key.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 0.2, far: 9 });
  group.add(sky, key, key.target, fill, fill.target);
  return {
    group,
    wear(look) {
      sky.color.set(look.sky);
      fill.intensity = look.fill;
      sky.groundColor.set(look.ground);
    },
    follow(yaw_deg) {
      group.rotation.y = (yaw_deg * Math.PI) / 180;
    },
  };
}

function grounded(motion: Motion): { group: Group; wear: (look: Look) => void } {
  const group = new Group();
  const middle = middleOf(motion);
  const caught = new ShadowMaterial({ transparent: true });
  const plane = new Mesh(new PlaneGeometry(8, 8), caught);
  plane.receiveShadow = true;
  const soft = new MeshBasicMaterial({ map: blob(), transparent: true, depthWrite: false, color: 0x000000 });
  const wide = motion.high_m[0] - motion.low_m[0];
  const deep = motion.high_m[2] - motion.low_m[2];
  const pool = new Mesh(new PlaneGeometry(wide * 1.5, deep * 1.5), soft);
  pool.position.z = 0.001;
  group.add(plane, pool);
  group.rotation.x = -Math.PI / 2;
  group.position.set(middle.x, motion.floor_m, middle.z);
  return {
    group,
    wear(look) {
      caught.opacity = look.shadow * 0.75;
      soft.opacity = look.shadow;
    },
  };
}

/** Return a soft round shadow as a picture. */
function blob(): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 128;
  const paper = canvas.getContext("2d");
  if (paper !== null) {
    const fade = paper.createRadialGradient(64, 64, 4, 64, 64, 64);
    for (const [at, alpha] of [[0, 0.9], [0.35, 0.55], [0.7, 0.13], [1, 0]] as const) fade.addColorStop(at, `rgba(255,255,255,${alpha})`);
    paper.fillStyle = fade;
    paper.fillRect(0, 0, 128, 128);
  }
  return new CanvasTexture(canvas);
}

/** Stand so far away that the box of the whole rep fills the picture: as `picture.py` does. */
function aimed(camera: PerspectiveCamera, motion: Motion, yaw_deg: number, pitch_deg: number): void {
  const yaw = (yaw_deg * Math.PI) / 180;
  const pitch = (pitch_deg * Math.PI) / 180;
  const back = new Vector3(Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch));
  const right = new Vector3(Math.cos(yaw), 0, -Math.sin(yaw));
  const up = new Vector3().crossVectors(back, right);
  const middle = middleOf(motion);
  const half = new Vector3().fromArray(motion.high_m).sub(middle);
  const slope = Math.tan((LENS_DEG * Math.PI) / 360);
  const corner = new Vector3();
  let away = 0.5;
  for (let i = 0; i < 8; i++) {
    corner.set(i & 1 ? half.x : -half.x, i & 2 ? half.y : -half.y, i & 4 ? half.z : -half.z);
    const across = Math.max(Math.abs(corner.dot(right)) / Math.max(camera.aspect, 0.2), Math.abs(corner.dot(up)));
    away = Math.max(away, across / slope / 0.97 + corner.dot(back));
  }
  camera.position.copy(middle).addScaledVector(back, away);
  camera.up.set(0, 1, 0);
  camera.lookAt(middle);
  camera.updateProjectionMatrix();
}
