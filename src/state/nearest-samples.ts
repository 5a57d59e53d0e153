import { at } from '../core/at.ts';
import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { LabelledNeighbours } from '../core/explaining/nearest.ts';
import { type Candidate, candidatesOf } from '../core/imaging/drawing-changes.ts';
import type { Size } from '../core/imaging/resize.ts';
import {
  helpfulChange,
  percentileOf,
  UNLIKE_PERCENTILE,
  type Unlikeness,
  unlikenessText,
} from '../core/imaging/unlikeness.ts';
import { drawingOf, unlikenessOf } from '../datasets/capabilities.ts';
import type { QuestionOf } from '../protocol/requests.ts';

/** How close a drawing is to the data. */
export interface NearestSamples {
  /** The nearest training images, of those that have arrived. */
  readonly neighbours: LabelledNeighbours;
  /** The share of test images, in percent, that lie closer; null where it is not known, or not yet. */
  readonly percentile: number | null;
  /** What to say of a drawing that is unlike the data; null of any other. */
  readonly text: string | null;
  /** The drawing after the change that would help most; null where none does. */
  readonly better: Candidate | null;
}

/** Finds the training images nearest to each of n others. */
type Search = (question: QuestionOf<'pixelNeighbours'>) => Promise<LabelledNeighbours>;

/**
 * Finds the k training images nearest to a drawing [height, width], and what would bring it closer where the data set knows
 * that. Null where there is nothing to search yet, and where the data set cannot be drawn; rejects where `search` does.
 */
export async function findNearestSamples(
  dataset: DatasetSpec,
  pixels: Uint8Array,
  k: number,
  search: Search,
): Promise<NearestSamples | null> {
  const size = drawingOf(dataset);
  if (size === null) return null;
  const neighbours = await search({ pixels: pixels.slice(), k });
  if (neighbours.searched === 0) return null;
  // The percentiles were measured against all of them.
  const isComplete = neighbours.searched === dataset.splits.train;
  const unlikeness = isComplete ? await load(dataset) : null;
  if (unlikeness === null) return { neighbours, percentile: null, text: null, better: null };
  if (unlikeness === 'missing') return { neighbours, percentile: null, text: NOT_LOADED, better: null };
  const percentile = percentileOf(pixels, at(neighbours.distances, 0), unlikeness);
  if (percentile < UNLIKE_PERCENTILE) return { neighbours, percentile, text: null, better: null };
  const better = await bestChange(pixels, size, percentile, unlikeness, search);
  return { neighbours, percentile, text: unlikenessText(percentile, better?.change ?? null, unlikeness), better };
}

const NOT_LOADED =
  'Whether this drawing is like the data cannot be said: that part of the page could not be loaded. Draw again once there is a network.';

/** What is known of the distances; null where nothing is. */
async function load(dataset: DatasetSpec): Promise<Unlikeness | null | 'missing'> {
  const known = unlikenessOf(dataset);
  return known === null || known === undefined ? null : known().catch(() => 'missing' as const);
}

/** The change that helps most; null where none does. */
async function bestChange(
  pixels: Uint8Array,
  size: Size,
  percentile: number,
  unlikeness: Unlikeness,
  search: Search,
): Promise<Candidate | null> {
  const candidates = candidatesOf(pixels, size);
  const found = await search({ pixels: joined(candidates, pixels.length), k: 1 });
  const changed = candidates.map(({ change, pixels: after }, i) => {
    return { change, percentile: percentileOf(after, at(found.distances, i), unlikeness) };
  });
  const change = helpfulChange(percentile, changed);
  return candidates.find((candidate) => candidate.change === change) ?? null;
}

function joined(candidates: readonly Candidate[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(candidates.length * length);
  candidates.forEach(({ pixels }, i) => {
    all.set(pixels, i * length);
  });
  return all;
}
