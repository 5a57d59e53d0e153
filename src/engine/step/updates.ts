import { at, last } from '../../core/at.ts';
import type { WeightSpec } from '../../core/network/layers/definition.ts';
import { sizeOf } from '../../core/network/shape.ts';
import { optimizerOf } from '../../core/training/optimizers/registry.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import type { Buffer } from './buffer.ts';
import type { Operation } from './operation.ts';
import { matrixUpdate } from './orthogonal.ts';
import type { Recorder, Value } from './recorder.ts';

/** A weight that is being recorded. */
export interface RecordedWeight {
  readonly spec: WeightSpec;
  readonly value: Value;
}

/** What comes last in a step. */
interface Updates {
  readonly operations: readonly Operation[];
  /** What the network answers with, for each weight: its average where the recipe averages weights, and it is trained. */
  readonly answering: readonly Buffer[];
  /** See `Step`. */
  readonly slots: readonly (readonly Buffer[])[];
}

/**
 * The optimizer's operations, with clipping before them, and what it remembers. `areMatrices`: which trained weights Muon moves as
 * matrices, in their order.
 */
export function recordUpdates(
  recorder: Recorder,
  { optimizer, clipNorm, weightAveraging }: Recipe,
  weights: readonly RecordedWeight[],
  areMatrices: readonly boolean[],
): Updates {
  const trained = weights.filter(({ value }) => value.learns).map(({ value }) => value);
  const gradients = trained.map((weight) => recorder.gradientOf(weight));
  const slots = optimizerOf(optimizer.kind).slots.map(({ name }) =>
    trained.map(({ buffer }): Buffer => ({ ...buffer, name: `${buffer.name} ${name}`, role: 'slot' })),
  );
  if (clipNorm !== null) {
    recorder.emit({ name: 'clip', inputs: { gradients }, outputs: { gradients }, attributes: { norm: clipNorm } });
  }
  const moves = trained.map(({ buffer: weight, shape }, index): Operation => {
    const own = slots.map((slot) => at(slot, index));
    const gradient = at(gradients, index);
    if (optimizer.kind === 'muon' && at(areMatrices, index)) {
      const [rows, columns] = [sizeOf(shape) / last(shape), last(shape)];
      return matrixUpdate(recorder, { weight, gradient, velocity: at(own, 0), rows, columns, optimizer });
    }
    return {
      name: 'update',
      inputs: { weight, gradient, slots: own },
      outputs: { weight, slots: own },
      attributes: { count: sizeOf(shape), optimizer },
    };
  });
  if (weightAveraging === 0) return { operations: moves, answering: weights.map(({ value }) => value.buffer), slots };
  const averages = new Map(trained.map(({ buffer }) => [buffer, { ...buffer, name: `${buffer.name} average` }]));
  return {
    operations: [...moves, ...[...averages].map(([weight, average]) => following(weight, average, weightAveraging))],
    answering: weights.map(({ value: { buffer } }) => averages.get(buffer) ?? buffer),
    slots: [...slots, [...averages.keys()]],
  };
}

function following(weight: Buffer, average: Buffer, keep: number): Operation {
  const attributes = { count: sizeOf(weight.shape), keep };
  return { name: 'average', inputs: { average, weight }, outputs: { average }, attributes };
}
