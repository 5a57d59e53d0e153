/**
 * The outputs that a layer takes, and what becomes of two: the one of the layer above; the one of the layer that it names,
 * in its place; or both, added value by value or with their channels side by side.
 */
export type InputTrait = 'above' | 'named' | 'sum' | 'concatenation';

/**
 * What the weights of a layer are: none; a factor and an offset for each channel; a kernel whose sums run over all channels;
 * or a kernel for each channel by itself, behind which one over all channels is expected.
 */
export type WeightTrait = 'none' | 'affine' | 'kernel' | 'depthwise';

/** What a layer brings to mean 0 and deviation 1: nothing, each channel over the batch, or each sample by itself. */
export type NormalizationTrait = 'nothing' | 'channels' | 'samples';

/**
 * What is true of every layer of a kind. Warnings, views and generators ask for these instead of listing kinds, so each kind
 * must state each of them. An activation function that the layer applies at the end is left out of account.
 */
export interface LayerTraits<Spec> {
  readonly inputs: InputTrait;
  /** Whether the values that leave it, when the network is judged, are those that arrived, in their order. */
  readonly keepsValues: boolean;
  /** Whether its output, when the network is judged, is a linear function of its input, up to a constant. */
  readonly linear: boolean;
  readonly weights: WeightTrait;
  readonly normalizes: NormalizationTrait;
  /** Whether it sets the share `rate` of its values to zero while the network trains. */
  readonly drops: Spec extends { readonly rate: number } ? boolean : false;
  /** Whether it reads its input step by step along the first axis: a sequence, or an image row by row. */
  readonly readsSequences: boolean;
  /** Whether it cuts an image into squares of the side `patchSize`, each of which becomes a place of a sequence. */
  readonly cutsPatches: Spec extends { readonly patchSize: number } ? boolean : false;
  /** Whether each place of its input looks at all places, with `heads`: it takes its input as what asks and as what is asked. */
  readonly attends: Spec extends { readonly heads: number } ? boolean : false;
}
