import type { LayerGroup } from '../../../core/network/layers/definition.ts';
import type { LayerTone } from '../../../ui/card/LayerCard.tsx';

/** The colour of a card, by the group of its layer. */
export const LAYER_TONES: { readonly [Group in LayerGroup]: LayerTone } = {
  convolution: 'conv',
  pooling: 'pool',
  dense: 'dense',
  recurrent: 'dense',
  attention: 'dense',
  shape: 'io',
  activation: 'norm',
  normalization: 'norm',
  dropout: 'regular',
  merge: 'merge',
};
