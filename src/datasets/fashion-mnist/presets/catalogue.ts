import type { Preset } from '../../../core/network/presets/preset.ts';
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
import { fastResidual, overfittingDemo, smallResNet, smallVisionTransformer } from './own.ts';

/** Every preset, in the order of the picker; the first one stands there when the page opens. */
export const FASHION_MNIST_PRESETS: readonly [Preset, ...Preset[]] = [
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
  fastResidual,
  smallVisionTransformer,
  overfittingDemo,
];
