import type { Series } from './series.ts';
import type { Thinned } from './thinned.ts';

/** How many steps a mean is over at first. */
const STRIDE = 32;

/** More means than these are turned into half as many, as long as none is over more than so many steps. */
const MOST_MEANS = 4096;
const LONGEST_STRIDE = 8192;

/** Means of further steps beside those that there are. No mean is over a part of them: there must be a multiple of the stride. */
export function thinnedWith(before: Thinned | undefined, losses: Series, accuracies: Series): Thinned {
  const { steps = 0, stride = STRIDE, first = losses[0] ?? 0 } = before ?? {};
  const after = {
    steps: steps + losses.length,
    stride,
    losses: joined(before?.losses, meansOf(losses, stride)),
    accuracies: joined(before?.accuracies, meansOf(accuracies, stride)),
    first,
    most: losses.reduce((most, loss) => Math.max(most, loss), before?.most ?? first),
  };
  const isHalved = after.losses.length > MOST_MEANS && stride < LONGEST_STRIDE && after.losses.length % 2 === 0;
  return isHalved ? halved(after) : after;
}

function halved(thinned: Thinned): Thinned {
  const { stride, losses, accuracies } = thinned;
  return { ...thinned, stride: 2 * stride, losses: meansOf(losses, 2), accuracies: meansOf(accuracies, 2) };
}

function meansOf(values: Float32Array, stride: number): Float32Array<ArrayBuffer> {
  const means = new Float32Array(Math.floor(values.length / stride));
  return means.map(
    (_, i) => values.subarray(i * stride, (i + 1) * stride).reduce((sum, each) => sum + each, 0) / stride,
  );
}

function joined(before: Float32Array | undefined, more: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.of(...(before ?? []), ...more);
}
