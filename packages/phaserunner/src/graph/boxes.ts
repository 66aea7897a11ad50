/** Which phases are drawn as boxes round their children, and where the boxes end. */
import type { FlatPhase } from '../tree.ts';

/** Whether the phase is drawn as a box round its children. */
export function isBox({ index, end }: FlatPhase): boolean {
  return end > index + 1;
}

/** Takes from `open`, innermost first, the boxes that end before position `index`, and returns how many they were. */
export function closeBoxes(open: FlatPhase[], index: number): number {
  const before = open.length;
  for (let box = open.at(-1); box !== undefined && box.end <= index; box = open.at(-1)) open.pop();
  return before - open.length;
}
