import { endingOf } from './endings.ts';
import type { Analysis, LayerReport } from './graph.ts';
import { definitionOf, traitsOf } from './layers/registry.ts';
import type { Shape } from './shape.ts';

/**
 * Places where layers can be inserted. A place is the index of the layer that comes right after it: 0 is the place after
 * the Input, the number of layers that after the last one.
 */

/** What a layer is tried on where its input is not known yet. */
const SMALL_IMAGE: Shape = [1, 1, 1];

/**
 * The end of the part that finds features: the place before the layer that turns the image into a row of numbers, such as
 * Flatten. Where there is none, the place before the output; where the network has no output yet, the end.
 */
export function featureEnd(analysis: Analysis): number {
  const turn = analysis.layers.findLastIndex(makesRow);
  return turn >= 0 ? turn : beforeOutput(analysis);
}

/** The place before the layer that gives the scores of the classes; the end where the network has no such layer yet. */
export function beforeOutput({ layers, dataset }: Analysis): number {
  const output = layers.at(-1)?.output ?? null;
  const index = layers.findLastIndex(({ spec }) => !spec.off && traitsOf(spec).weights === 'kernel');
  return output !== null && index >= 0 && endingOf(output, dataset) !== undefined ? index : layers.length;
}

/** All other places up to the output, the likeliest first: those at the ends of the two parts, then the nearest ones. */
export function otherPlaces(analysis: Analysis, place: number): readonly number[] {
  const last = beforeOutput(analysis);
  const near = Array.from({ length: last + 1 }, (_, at) => at).sort(
    (a, b) => Math.abs(a - place) - Math.abs(b - place),
  );
  return [...new Set([featureEnd(analysis), last, ...near])].filter((at) => at !== place);
}

/** The name of what stands above a place: a layer, or the Input. */
export function nameAbove({ layers }: Analysis, place: number): string {
  return layers[place - 1]?.name ?? 'Input';
}

/** Whether a layer without weights turns an image into a row of numbers. */
function makesRow({ spec, input }: LayerReport): boolean {
  if (spec.off || traitsOf(spec).weights !== 'none') return false;
  const arriving = input ?? SMALL_IMAGE;
  const inference = definitionOf(spec.kind).infer(spec, arriving, arriving);
  return arriving.length > 1 && 'shape' in inference && inference.shape.length === 1;
}
