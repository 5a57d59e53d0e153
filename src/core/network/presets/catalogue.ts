import {
  cecchettiBatchNorm,
  cecchettiCrops,
  cecchettiDense,
  cecchettiDropout,
  cecchettiFlips,
  cecchettiResNet18,
  cecchettiWidths,
} from './cecchetti.ts';
import { ciutacuCnn } from './ciutacu.ts';
import { elvlandDropout, elvlandDropoutAsWritten, elvlandVgg } from './elvland.ts';
import { malcaSitalkilBase, malcaSitalkilDense, malcaSitalkilFirst } from './malca-sitalkil.ts';
import { overfittingDemo, smallResNet } from './own.ts';
import type { Preset } from './preset.ts';

/** Every preset, in the order of the picker; the first one stands there when the page opens. */
export const PRESETS: readonly [Preset, ...Preset[]] = [
  ciutacuCnn,
  malcaSitalkilBase,
  malcaSitalkilFirst,
  malcaSitalkilDense,
  elvlandVgg,
  elvlandDropout,
  elvlandDropoutAsWritten,
  cecchettiDense,
  ...cecchettiWidths,
  cecchettiBatchNorm,
  cecchettiDropout,
  cecchettiFlips,
  cecchettiCrops,
  cecchettiResNet18,
  smallResNet,
  overfittingDemo,
];

/** The preset with an id, or undefined when there is none. */
export function presetById(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}
