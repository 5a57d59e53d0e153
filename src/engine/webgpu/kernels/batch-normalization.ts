import type { Buffer } from '../../step/buffer.ts';
import type { OperationOf } from '../../step/operation.ts';
import { type Dispatch, present, scratch } from '../dispatch.ts';
import { sumsByColumn } from './column-sums.ts';
import { float, perValue } from './shader.ts';

/**
 * Each channel normalised by the batch's mean and biased variance. Both are summed about the channel's first value, so that they are
 * exact where the mean is far from 0. x: [rows, channels] -> y: [rows, channels], mean and variance: [channels]
 */
export function normalizeByBatch(operation: OperationOf<'normalizeByBatch'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { rows, channels } = attributes;
  const { x, gamma, beta } = inputs;
  const { y, mean, variance } = outputs;
  const [sums, squares] = [scratch('sums about the first', channels), scratch('squares about the first', channels)];
  const shape = { rows, columns: channels, reads: { x } };
  const difference = `(x[row * ${channels}u + column] - x[column])`;
  const statistics = perValue(
    channels,
    `let shift = sums[i] / ${rows}.0;
  mean[i] = x[i] + shift;
  variance[i] = max(0.0, squares[i] / ${rows}.0 - shift * shift);`,
  );
  return [
    ...sumsByColumn('sums about the first', { ...shape, value: difference, sums }),
    ...sumsByColumn('squares about the first', { ...shape, value: `${difference} * ${difference}`, sums: squares }),
    { name: 'batch statistics', reads: { x, sums, squares }, writes: { mean, variance }, ...statistics },
    normalized('normalize by batch', { x, mean, variance, gamma, beta, y }, attributes),
  ];
}

/** Each channel normalised by given statistics, as a frozen layer does. x: [rows, channels] -> y: [rows, channels] */
export function normalizeByMoving(operation: OperationOf<'normalizeByMoving'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  return [normalized('normalize by moving', { ...inputs, y: outputs.y }, attributes)];
}

interface Extents {
  readonly rows: number;
  readonly channels: number;
  readonly epsilon: number;
}

interface Normalized {
  readonly x: Buffer;
  readonly mean: Buffer;
  readonly variance: Buffer;
  readonly gamma: Buffer | null;
  readonly beta: Buffer | null;
  readonly y: Buffer;
}

/** y = gamma (x - mean) / sqrt(variance + epsilon) + beta */
function normalized(
  name: string,
  { x, mean, variance, gamma, beta, y }: Normalized,
  { rows, channels, epsilon }: Extents,
): Dispatch {
  const body = `let c = i % ${channels}u;
  y[i] = (x[i] - mean[c]) / sqrt(variance[c] + ${float(epsilon)})${gamma === null ? '' : ' * gamma[c]'}${beta === null ? '' : ' + beta[c]'};`;
  const reads = { x, mean, variance, ...present({ gamma, beta }) };
  return { name, reads, writes: { y }, ...perValue(rows * channels, body) };
}

/** dx = gamma / deviation (dy - mean(dy) - n mean(dy n)), with n the normalised x; dgamma = sum(dy n), dbeta = sum(dy) */
export function normalizeByBatchGradient(operation: OperationOf<'normalizeByBatchGradient'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { rows, channels, epsilon } = attributes;
  const { x, dy, gamma, mean, variance } = inputs;
  const dgamma = outputs.dgamma ?? scratch('gamma gradient', channels);
  const dbeta = outputs.dbeta ?? scratch('beta gradient', channels);
  const reads = { x, dy, mean, variance };
  const place = `row * ${channels}u + column`;
  const standard = (i: string, c: string) => `((x[${i}] - mean[${c}]) / sqrt(variance[${c}] + ${float(epsilon)}))`;
  const value = `dy[${place}] * ${standard(place, 'column')}`;
  const sums = [
    ...sumsByColumn('gamma gradient', { rows, columns: channels, reads, value, sums: dgamma }),
    ...sumsByColumn('beta gradient', { rows, columns: channels, reads: { dy }, value: `dy[${place}]`, sums: dbeta }),
  ];
  if (outputs.dx === null) return sums;
  const body = `let c = i % ${channels}u;
  let inner = dy[i] - dbeta[c] / ${rows}.0 - ${standard('i', 'c')} * dgamma[c] / ${rows}.0;
  dx[i] = inner / sqrt(variance[c] + ${float(epsilon)})${gamma === null ? '' : ' * gamma[c]'};`;
  const all = { ...reads, dgamma, dbeta, ...present({ gamma }) };
  return [
    ...sums,
    { name: 'normalize by batch gradient', reads: all, writes: { dx: outputs.dx }, ...perValue(rows * channels, body) },
  ];
}

/** dx = dy gamma / sqrt(variance + epsilon): [rows, channels] */
export function normalizeByMovingGradient(operation: OperationOf<'normalizeByMovingGradient'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { rows, channels, epsilon } = attributes;
  const { dy, variance, gamma } = inputs;
  const body = `let c = i % ${channels}u;
  dx[i] = dy[i] / sqrt(variance[c] + ${float(epsilon)})${gamma === null ? '' : ' * gamma[c]'};`;
  const reads = { dy, variance, ...present({ gamma }) };
  return [{ name: 'normalize by moving gradient', reads, writes: outputs, ...perValue(rows * channels, body) }];
}
