/** Colours of the figure; the same stand in `openback/motion/figure/picture.py`. */

export type Theme = "light" | "dark";

export interface Look {
  skin: string;
  hair: string;
  cloth: string;
  accent: string;
  shadow: number;
  /** How strong the light from the other side is: in the dark it must part the body from its ground. */
  fill: number;
  sky: string;
  ground: string;
  materials: Record<string, string>;
}

export const LOOKS: Record<Theme, Look> = {
  light: {
    skin: "#efdcc8",
    hair: "#8f7563",
    cloth: "#a8a4a5",
    accent: "#c8502f",
    shadow: 0.2,
    fill: 0.45,
    sky: "#fff8ef",
    ground: "#b9a690",
    materials: {
      steel: "#c3c6cb",
      pad: "#5a6070",
      iron: "#767c88",
      rubber: "#4d515c",
      cable: "#6b707c",
      mat: "#c9d3d1",
      wall: "#fdf8f0",
      wood: "#c9ad8a",
    },
  },
  dark: {
    skin: "#d8c5b1",
    hair: "#6f5d52",
    cloth: "#7f838f",
    accent: "#e8704a",
    shadow: 0.42,
    fill: 0.9,
    sky: "#e9e6f0",
    ground: "#4a4550",
    materials: {
      steel: "#a9adb6",
      pad: "#565d70",
      iron: "#6e7586",
      rubber: "#5c6170",
      cable: "#8b90a0",
      mat: "#3f4a52",
      wall: "#3a4150",
      wood: "#9a8061",
    },
  },
};

/** Return the theme that the page wears now. */
export function themeOf(page: Document): Theme {
  const chosen = page.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
