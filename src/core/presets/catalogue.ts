import { ciutacuCnn } from './ciutacu.ts';
import { malcaSitalkilDense } from './malca-sitalkil.ts';
import type { Preset } from './preset.ts';

/** Every preset, in the order of the picker; the first one stands there when the page opens. */
export const PRESETS: readonly [Preset, ...Preset[]] = [ciutacuCnn, malcaSitalkilDense];

/** The preset with an id, or undefined when there is none. */
export function presetById(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}
