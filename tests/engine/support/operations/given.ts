import { sizeOf } from '../../../../src/core/network/shape.ts';
import type { Buffer } from '../../../../src/engine/step/buffer.ts';
import type { Operation } from '../../../../src/engine/step/operation.ts';
import type { StepCall } from '../../../../src/engine/step/step-call.ts';
import { noise } from '../values.ts';

/** An operation, and what its buffers hold before it; the others hold 0. */
export interface OperationCase {
  readonly title: string;
  readonly operation: Operation;
  readonly given: ReadonlyMap<Buffer, Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>;
  readonly call: StepCall;
}

/** Where the samples of the batch are in the training set. */
export const POSITIONS = Uint32Array.from({ length: 64 }, (_, i) => (11 * i + 5) % 64);

const CALL: StepCall = { step: 4, seed: 9, learningRate: 0.1, weightDecay: 0.01, dropout: null, variation: null };

/** Fills buffers with numbers, each with others. */
export class Given {
  readonly values = new Map<Buffer, Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>>();

  empty(name: string, ...shape: number[]): Buffer {
    return { name, role: 'weight', type: 'float32', shape };
  }

  noise(name: string, ...shape: number[]): Buffer {
    return this.some(name, shape, (value) => value);
  }

  some(name: string, shape: readonly number[], change: (value: number) => number): Buffer {
    const buffer = this.empty(name, ...shape);
    this.values.set(buffer, Float32Array.from(noise(sizeOf(shape), this.values.size), change));
    return buffer;
  }

  /** Mean and variance of each column of a buffer [rows, columns]. */
  statistics(x: Buffer, rows: number, columns: number): { readonly mean: Buffer; readonly variance: Buffer } {
    const values = this.values.get(x) ?? [];
    const column = (c: number) => Array.from({ length: rows }, (_, row) => values[row * columns + c] ?? 0);
    const average = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / rows;
    const means = Array.from({ length: columns }, (_, c) => average(column(c)));
    const variances = means.map((mean, c) => average(column(c).map((value) => (value - mean) ** 2)));
    const [mean, variance] = [this.empty('mean', columns), this.empty('variance', columns)];
    this.values.set(mean, Float32Array.from(means)).set(variance, Float32Array.from(variances));
    return { mean, variance };
  }

  labels(count: number, classes: number): Buffer {
    const buffer: Buffer = { ...this.empty('labels', count), type: 'int32' };
    this.values.set(
      buffer,
      Int32Array.from({ length: count }, (_, i) => (7 * i + 3) % classes),
    );
    return buffer;
  }
}

export function caseOf(title: string, make: (given: Given) => Operation, call: Partial<StepCall> = {}): OperationCase {
  const given = new Given();
  const operation = make(given);
  return { title: `${operation.name}: ${title}`, operation, given: given.values, call: { ...CALL, ...call } };
}
