import { IMAGE_BYTES, SPLIT_SIZES } from '../core/dataset/stream-events.ts';
import type { LabelledNeighbours } from '../core/explaining/nearest.ts';
import { type Candidate, candidatesOf } from '../core/imaging/drawing-changes.ts';
import { helpfulChange, ODD_PERCENTILE, oddityOf, oddityText } from '../core/imaging/oddity.ts';
import type { QuestionOf } from '../protocol/requests.ts';

/** How close a drawing is to the data. */
export interface Closeness {
  /** The nearest training images, of those that have arrived. */
  readonly neighbours: LabelledNeighbours;
  /** The share of test images, in percent, that lie closer; null until all training images have arrived. */
  readonly percentile: number | null;
  /** What to say of an odd drawing; null of any other. */
  readonly text: string | null;
  /** The drawing after the change that would help most; null where none does. */
  readonly better: Candidate | null;
}

/**
 * Finds the k training images nearest to a drawing [784], and what would bring it closer where it is odd. Null where there
 * is nothing to search yet; rejects where `search` does.
 */
export async function closenessOf(
  pixels: Uint8Array,
  k: number,
  search: (question: QuestionOf<'pixelNeighbours'>) => Promise<LabelledNeighbours>,
): Promise<Closeness | null> {
  const neighbours = await search({ pixels: pixels.slice(), k });
  if (neighbours.searched === 0) return null;
  // The percentiles were measured against all of them.
  const isComplete = neighbours.searched === SPLIT_SIZES.train;
  if (!isComplete) return { neighbours, percentile: null, text: null, better: null };
  const percentile = oddityOf(pixels, neighbours.distances[0] ?? 0);
  if (percentile < ODD_PERCENTILE) return { neighbours, percentile, text: null, better: null };
  const candidates = candidatesOf(pixels);
  const found = await search({ pixels: joined(candidates), k: 1 });
  const changed = candidates.map(({ change, pixels: after }, i) => {
    return { change, percentile: oddityOf(after, found.distances[i] ?? 0) };
  });
  const change = helpfulChange(percentile, changed);
  const better = candidates.find((candidate) => candidate.change === change) ?? null;
  return { neighbours, percentile, text: oddityText(percentile, change), better };
}

function joined(candidates: readonly Candidate[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(candidates.length * IMAGE_BYTES);
  candidates.forEach(({ pixels }, i) => {
    all.set(pixels, i * IMAGE_BYTES);
  });
  return all;
}
