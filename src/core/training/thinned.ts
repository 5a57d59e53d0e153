/** The first steps of a long run, of which memory has only means. Every step of them is stored elsewhere. */
export interface Thinned {
  /** How many steps. */
  readonly steps: number;
  /** How many steps each mean is over. */
  readonly stride: number;
  readonly losses: Float32Array<ArrayBuffer>;
  readonly accuracies: Float32Array<ArrayBuffer>;
  /** The loss of the first step, and the highest of all. */
  readonly first: number;
  readonly most: number;
}

/** The first of the steps; the last few, which make no whole mean, are left out. */
export function thinnedUntil(thinned: Thinned, step: number): Thinned {
  const count = Math.floor(step / thinned.stride);
  const { losses, accuracies } = thinned;
  return {
    ...thinned,
    steps: count * thinned.stride,
    losses: losses.slice(0, count),
    accuracies: accuracies.slice(0, count),
  };
}
