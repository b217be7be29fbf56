/** What the template wrote of a flow: its course, and where the figures of its steps are. */
import type { Course, Step } from "./course.ts";

export type PlannedStep = Step & {
  readonly mirrored: boolean;
  readonly motion_url: string;
  readonly light_url: string;
  readonly dark_url: string;
};
export type Plan = Omit<Course, "steps"> & {
  readonly flow: string;
  readonly name: string;
  readonly body_url: string;
  readonly steps: readonly PlannedStep[];
};
