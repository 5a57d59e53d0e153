import type { Analysis } from '../../../core/network/graph.ts';
import { beforeOutput, featureEnd } from '../../../core/network/places.ts';

/** Where the next layer goes: before the layer of this index; `asked` where a card was chosen for it to follow. */
export interface NextPlace {
  readonly index: number;
  readonly asked: boolean;
}

/** The place behind a chosen layer; the end of the features where none is chosen, and never behind a finished output. */
export function nextPlace(analysis: Analysis, afterId: string | null): NextPlace {
  const index = analysis.layers.findIndex(({ spec }) => spec.id === afterId) + 1;
  if (index > 0 && index <= beforeOutput(analysis)) return { index, asked: true };
  return { index: featureEnd(analysis), asked: false };
}
