import { useEffect, useState } from 'react';
import { IMAGE_BYTES } from '../../core/data-set.ts';
import { type Candidate, candidatesOf } from '../../core/drawing-changes.ts';
import type { LabelledNeighbours } from '../../core/nearest.ts';
import { helpfulChange, oddityOf, oddityText } from '../../core/oddity.ts';
import type { Lab } from '../../state/lab.ts';
import { useLab } from '../lab.tsx';

/** Milliseconds without a stroke after which the training images are searched. */
const REST = 800;

/** How many of the nearest training images are shown. */
const NEAREST = 6;

/** One of the training images nearest to a drawing. */
export interface Neighbour {
  /** Its place in the training set. */
  readonly index: number;
  readonly label: number;
}

/** How a drawing compares with the training images. */
export interface Likeness {
  readonly neighbours: readonly Neighbour[];
  /** What to say of an odd drawing; null where it is like the data. */
  readonly text: string | null;
  /** The change that would help; null where none does enough. */
  readonly change: Candidate | null;
}

/** The likeness of a drawing, a moment after its last stroke; null before, and while nothing is drawn. */
export function useLikeness(pixels: Uint8Array<ArrayBuffer> | null): Likeness | null {
  const lab = useLab();
  const [found, setFound] = useState<{ readonly pixels: Uint8Array; readonly likeness: Likeness }>();
  useEffect(() => {
    if (pixels === null) return;
    let current = true;
    const timer = setTimeout(async () => {
      const likeness = await compare(lab, pixels);
      if (current && likeness !== null) setFound({ pixels, likeness });
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [pixels, lab]);
  return pixels !== null && found?.pixels === pixels ? found.likeness : null;
}

/** Searches for the drawing and for each change of it in one go. */
async function compare({ findNearest }: Lab, pixels: Uint8Array<ArrayBuffer>): Promise<Likeness | null> {
  const candidates = candidatesOf(pixels);
  const images = [pixels, ...candidates.map((candidate) => candidate.pixels)];
  const queries = new Uint8Array(images.length * IMAGE_BYTES);
  for (const [i, image] of images.entries()) queries.set(image, i * IMAGE_BYTES);
  const found = await findNearest(queries, NEAREST);
  if (found === null || found.searched === 0) return null;
  const percentiles = images.map((image, i) => oddityOf(image, found.distances[i * NEAREST] ?? 0));
  const [percentile = 0, ...others] = percentiles;
  const changed = candidates.map(({ change }, i) => ({ change, percentile: others[i] ?? 100 }));
  const change = helpfulChange(percentile, changed);
  return {
    neighbours: neighboursOf(found),
    text: oddityText(percentile, change),
    change: candidates.find((candidate) => candidate.change === change) ?? null,
  };
}

/** The neighbours of the first query. */
function neighboursOf({ indices, labels }: LabelledNeighbours): readonly Neighbour[] {
  return Array.from(indices.subarray(0, NEAREST), (index, i) => ({ index, label: labels[i] ?? 0 }));
}
