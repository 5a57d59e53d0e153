/** Everything that a training goes on from, besides its network, its recipe and its seed. */
export interface Snapshot {
  /** Steps done. */
  readonly step: number;
  /** Every weight as the network answers with it, averaged where the recipe says so; in the order of the graph. */
  readonly weights: readonly Float32Array<ArrayBuffer>[];
  /**
   * What the optimizer remembers of each trainable weight, by kind of memory and then by weight; where weights are averaged, last
   * the trainable weights that the steps go on from.
   */
  readonly slots: readonly (readonly Float32Array<ArrayBuffer>[])[];
}

/** Throws a RangeError where the sizes of the values are not the expected ones: the snapshot is of something else. */
export function checkFit(values: readonly Float32Array[], sizes: readonly number[]): void {
  const given = values.map(({ length }) => length);
  if (given.join() === sizes.join()) return;
  throw new RangeError(
    `The snapshot is of another network or optimizer: ${sizes.join(', ')} numbers are wanted, and it has ${given.join(', ')}.`,
  );
}

/** All arrays of a snapshot: the weights, then what the optimizer remembers. */
export function valuesOf({ weights, slots }: Snapshot): readonly Float32Array<ArrayBuffer>[] {
  return [...weights, ...slots.flat()];
}

/** Bytes that a snapshot takes. */
export function snapshotBytes(snapshot: Snapshot): number {
  return valuesOf(snapshot).reduce((sum, { byteLength }) => sum + byteLength, 0);
}
