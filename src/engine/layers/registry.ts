import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayerKind, SpecOf } from '../../core/layers/registry.ts';
import { activation } from './activation.ts';
import { batchNormalization } from './batch-normalization.ts';
import { conv2d } from './conv2d.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import type { LayerCall, LayerForward } from './forward.ts';
import { maxPooling2d } from './max-pooling2d.ts';

/** What each kind of layer does. A kind that is missing here does not compile. */
const FORWARDS: { readonly [Kind in LayerKind]: LayerForward<SpecOf<Kind>> } = {
  conv2d,
  maxPooling2d,
  flatten,
  dense,
  dropout,
  batchNormalization,
  activation,
};

/** Sends inputs through a layer of a given kind. */
export function callLayer<Kind extends LayerKind>(kind: Kind, call: LayerCall<SpecOf<Kind>>): Tensor {
  return FORWARDS[kind](call);
}
