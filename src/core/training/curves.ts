/** A point of a curve: an epoch, whole or in part, and the value there. */
export interface CurvePoint {
  readonly epoch: number;
  readonly value: number;
}

/** About how many points a whole training curve is thinned to. */
const CURVE_POINTS = 900;

/**
 * The values of single steps as a curve over epochs: means over equal stretches of steps, at the end of each. How long a
 * stretch is follows from the length of the run alone, so points that stand do not move while more arrive.
 */
export function stepCurve(values: Float32Array, stepsPerEpoch: number, epochs: number): readonly CurvePoint[] {
  const perEpoch = Math.max(1, Math.floor(CURVE_POINTS / epochs));
  return meansOver(values, stepsPerEpoch, Math.max(1, Math.round(stepsPerEpoch / perEpoch)));
}

/** The means over each whole epoch: what Keras reports as training loss and accuracy. */
export function epochMeans(values: Float32Array, stepsPerEpoch: number): readonly CurvePoint[] {
  return meansOver(values, stepsPerEpoch, stepsPerEpoch);
}

function meansOver(values: Float32Array, stepsPerEpoch: number, length: number): readonly CurvePoint[] {
  if (stepsPerEpoch === 0) return [];
  return Array.from({ length: Math.floor(values.length / length) }, (_, i) => {
    const part = values.subarray(i * length, (i + 1) * length);
    return { epoch: ((i + 1) * length) / stepsPerEpoch, value: part.reduce((sum, value) => sum + value, 0) / length };
  });
}

/** The epoch of the lowest value, the first one on a tie; undefined in an empty curve. */
export function bestEpoch(curve: readonly CurvePoint[]): number | undefined {
  const best = Math.min(...curve.map(({ value }) => value));
  return curve.find(({ value }) => value === best)?.epoch;
}
