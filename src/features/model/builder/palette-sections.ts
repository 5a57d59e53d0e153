import type { LayerGroup } from '../../../core/network/layers/definition.ts';

/** The heading of the palette for the layers of a group. */
export const PALETTE_SECTIONS: { readonly [Group in LayerGroup]: string } = {
  convolution: 'Convolution',
  pooling: 'Pooling',
  dense: 'Dense and shape',
  shape: 'Dense and shape',
  dropout: 'Dropout',
  normalization: 'Normalization and activation',
  activation: 'Normalization and activation',
  merge: 'Joining an earlier layer',
  attention: 'Attention, patch by patch',
  recurrent: 'Recurrent, row by row',
};

/** The headings in the order of the palette. */
export const SECTION_ORDER: readonly string[] = [...new Set(Object.values(PALETTE_SECTIONS))];
