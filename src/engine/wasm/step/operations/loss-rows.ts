/** One sample of a batch, and what its loss is computed with. All numbers are float32, as the tape has them. */
export interface LossRow {
  /** The logits; replaced by the gradient by them. */
  readonly row: Float32Array;
  readonly label: number;
  readonly weight: number;
  /** The target of the sample's own class, and that of the others. */
  readonly on: number;
  readonly off: number;
  /** Values of the whole batch. */
  readonly size: number;
  /** What the gradient is multiplied by. */
  readonly scale: number;
}

/** Adds a sample's target times log-probability, class by class, to a sum, and leaves the gradient in `row`. */
export function crossEntropy({ row, label, weight, on, off, scale }: LossRow, before: number): number {
  const largest = largestOf(row);
  let exponentials = 0;
  for (const logit of row) exponentials += Math.fround(Math.exp(Math.fround(logit - largest)));
  const logSum = Math.fround(Math.log(Math.fround(exponentials)));
  let sum = before;
  for (let c = 0; c < row.length; c++) {
    const logProbability = Math.fround(Math.fround((row[c] ?? 0) - largest) - logSum);
    const target = c === label ? on : off;
    sum += Math.fround(Math.fround(target * logProbability) * weight);
    const difference = Math.fround(Math.fround(Math.exp(logProbability)) - target);
    row[c] = Math.fround(difference * weight) * scale;
  }
  return sum;
}

/** Adds a sample's share of the mean squared error, class by class, to a sum, and leaves the gradient in `row`. */
export function squaredError({ row, label, weight, on, off, size, scale }: LossRow, before: number): number {
  toProbabilities(row);
  let [sum, common] = [before, 0];
  for (let c = 0; c < row.length; c++) {
    const probability = row[c] ?? 0;
    const difference = Math.fround(probability - (c === label ? on : off));
    sum += Math.fround(Math.fround(Math.fround(difference * difference) * weight) / size);
    common += Math.fround(difference * probability);
  }
  common = Math.fround(common);
  for (let c = 0; c < row.length; c++) {
    const probability = row[c] ?? 0;
    const difference = Math.fround(probability - (c === label ? on : off));
    const slope = Math.fround(probability * Math.fround(difference - common));
    row[c] = Math.fround(slope * weight) * scale;
  }
  return sum;
}

/** The softmax of a row, in its place. */
function toProbabilities(row: Float32Array): void {
  const largest = largestOf(row);
  let sum = 0;
  for (let c = 0; c < row.length; c++) {
    const exponential = Math.fround(Math.exp(Math.fround((row[c] ?? 0) - largest)));
    row[c] = exponential;
    sum += exponential;
  }
  const total = Math.fround(sum);
  for (let c = 0; c < row.length; c++) row[c] = (row[c] ?? 0) / total;
}

/** The place of the largest value, the first of equals. */
export function largestPlace(row: Float32Array): number {
  let place = 0;
  for (let c = 1; c < row.length; c++) if ((row[c] ?? 0) > (row[place] ?? 0)) place = c;
  return place;
}

/** The largest value; not a number where one is none. */
function largestOf(row: Float32Array): number {
  let largest = row[0] ?? 0;
  for (const value of row) if (Number.isNaN(value) || value > largest) largest = value;
  return largest;
}
