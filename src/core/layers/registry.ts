import { type ActivationSpec, activation } from './activation.ts';
import { type BatchNormalizationSpec, batchNormalization } from './batch-normalization.ts';
import { type Conv2DSpec, conv2d } from './conv2d.ts';
import type { LayerDefinition } from './definition.ts';
import { type DenseSpec, dense } from './dense.ts';
import { type DropoutSpec, dropout } from './dropout.ts';
import { type FlattenSpec, flatten } from './flatten.ts';
import { type MaxPooling2DSpec, maxPooling2d } from './max-pooling2d.ts';

/** One layer of a network, discriminated by `kind`. */
export type LayerSpec =
  | Conv2DSpec
  | MaxPooling2DSpec
  | FlattenSpec
  | DenseSpec
  | DropoutSpec
  | BatchNormalizationSpec
  | ActivationSpec;

export type LayerKind = LayerSpec['kind'];

/** The spec of one kind of layer. */
export type SpecOf<Kind extends LayerKind> = Extract<LayerSpec, { kind: Kind }>;

/** Every kind of layer, in the order of the palette. A kind without a definition does not compile. */
export const LAYERS: { readonly [Kind in LayerKind]: LayerDefinition<SpecOf<Kind>> } = {
  conv2d,
  maxPooling2d,
  flatten,
  dense,
  dropout,
  batchNormalization,
  activation,
};

/** The definition behind a layer, whatever its kind. */
export function definitionOf(kind: LayerKind): LayerDefinition {
  return LAYERS[kind];
}

/** All kinds, in the order of the palette. */
export const LAYER_KINDS = Object.keys(LAYERS).filter((kind): kind is LayerKind => kind in LAYERS);
