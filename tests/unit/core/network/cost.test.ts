import { describe, expect, test } from 'vitest';
import { costOf, type DeviceLimits, fittingBatch, refusalOf } from '../../../../src/core/network/cost.ts';
import { analyse } from '../../../../src/core/network/graph.ts';
import { applyEdit, type Network } from '../../../../src/core/network/network.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { layers, OUTPUT, type Row } from '../../../fixtures/specs/fixture.ts';

/** A device that holds every network of this file. */
const ROOMY: DeviceLimits = { textureSize: 16_384, memoryBytes: 2 ** 31 };

function network(...rows: readonly Row[]): Network {
  return { layers: layers(...rows) };
}

const CIUTACU = network(['conv2d', { filters: 32 }], ['maxPooling2d'], ['flatten'], ['dense', { units: 100 }], OUTPUT);
const ADAM = { batchSize: 32, optimizer: OPTIMIZERS.adam.defaults };

function costs(of: Network, load: Parameters<typeof costOf>[1]) {
  const { graph } = analyse(of, FASHION_MNIST);
  if (graph === null) throw new Error('The network has an error.');
  return costOf(graph, load);
}

describe('the batch that fits after one ran out of memory', () => {
  const { graph } = analyse(CIUTACU, FASHION_MNIST);
  if (graph === null) throw new Error('The network has an error.');
  const load = { ...ADAM, batchSize: 1000 };
  const { total, activations } = costs(CIUTACU, load).memory;

  test('is the largest power of two in half of what the weights leave', () => {
    const fixed = total - activations;
    expect(fittingBatch(graph, load, fixed + activations / 2)).toBe(128);
    expect(fittingBatch(graph, load, fixed + 0.512 * activations)).toBe(256);
    expect(fittingBatch(graph, load, fixed + 0.5119 * activations)).toBe(128);
  });

  test('is below the one that did not fit, also where that should have', () => {
    expect(fittingBatch(graph, load, 4 * total)).toBe(512);
    expect(fittingBatch(graph, { ...load, batchSize: 512 }, Number.POSITIVE_INFINITY)).toBe(256);
    expect(fittingBatch(graph, { ...load, batchSize: 2 }, Number.POSITIVE_INFINITY)).toBe(1);
    expect(fittingBatch(graph, { ...load, batchSize: 1 }, Number.POSITIVE_INFINITY)).toBeNull();
  });

  test('does not exist where the weights alone are too much', () => {
    expect(fittingBatch(graph, load, total - activations)).toBeNull();
  });
});

describe('what training costs', () => {
  test('in memory: weights, as many gradients, two moments for Adam, and what 32 images leave in the layers', () => {
    const kept = 784 + 26 * 26 * 32 + 13 * 13 * 32 + 5408 + 100 + 10;
    expect(costs(CIUTACU, ADAM).memory).toEqual({
      weights: 4 * 542_230,
      gradients: 4 * 542_230,
      optimizer: 8 * 542_230,
      activations: 4 * 32 * kept,
      total: 16 * 542_230 + 4 * 32 * kept,
    });
  });

  test.each([
    ['sgd', 0],
    ['momentum', 1],
    ['rmsprop', 1],
    ['adagrad', 1],
    ['adam', 2],
    ['adamw', 2],
  ] as const)('with %s is %i further numbers for each weight', (kind, numbers) => {
    const { optimizer } = costs(CIUTACU, { batchSize: 32, optimizer: OPTIMIZERS[kind].defaults }).memory;
    expect(optimizer).toBe(4 * numbers * 542_230);
  });

  test('has no gradient for what is not trained', () => {
    const { memory, nonTrainable } = costs(network(['batchNormalization'], ['flatten'], OUTPUT), ADAM);
    expect(nonTrainable).toBe(2);
    expect(memory.weights - memory.gradients).toBe(8);
  });

  test('counts what a recurrent layer keeps of every step', () => {
    const { memory } = costs(network(['lstm', { units: 16 }], OUTPUT), { ...ADAM, batchSize: 1 });
    expect(memory.activations).toBe(4 * (784 + 28 * 16 * 6 + 10));
  });
});

describe('what cannot fit', () => {
  test('is not said of a network that fits', () => {
    expect(refusalOf(CIUTACU, FASHION_MNIST, ADAM)).toBeNull();
  });

  test('is not said of a network with errors, which has other worries', () => {
    expect(refusalOf(network(['dense', { units: 0 }]), FASHION_MNIST, ADAM)).toBeNull();
  });

  test('in memory names the largest batch that does, and that one fits', () => {
    const limits = { ...ROOMY, memoryBytes: 64 * 2 ** 20 };
    const refusal = refusalOf(CIUTACU, FASHION_MNIST, { ...ADAM, batchSize: 1024 }, limits);
    expect(refusal?.message).toBe(
      'A batch of 1,024 takes about 139 MB, but only 64 MB are available. The largest batch that fits is 438.',
    );
    expect(refusal?.largestBatch).toBe(438);
    expect(refusalOf(CIUTACU, FASHION_MNIST, { ...ADAM, batchSize: 438 }, limits)).toBeNull();
    expect(refusalOf(CIUTACU, FASHION_MNIST, { ...ADAM, batchSize: 439 }, limits)).not.toBeNull();
  });

  test('even for one image offers the widest layer that does, and that one fits', () => {
    const limits = { ...ROOMY, memoryBytes: 4 * 2 ** 20 };
    const refusal = refusalOf(CIUTACU, FASHION_MNIST, ADAM, limits);
    expect(refusal?.largestBatch).toBeNull();
    expect(refusal?.message).toContain('Not even one image fits, so the network must be smaller.');
    expect(refusal?.fixes.map(({ label }) => label)).toEqual(['Use 10 filters in Conv2D 1']);
    for (const { edits } of refusal?.fixes ?? []) {
      expect(refusalOf(edits.reduce(applyEdit, CIUTACU), FASHION_MNIST, ADAM, limits)).toBeNull();
    }
  });

  test('in one texture names the layer, the sum and the largest batch', () => {
    const limits = { ...ROOMY, textureSize: 2048 };
    const refusal = refusalOf(CIUTACU, FASHION_MNIST, { ...ADAM, batchSize: 256 }, limits);
    expect(refusal?.message).toBe(
      'Conv2D 1 gives 256 × 21,632 = 5,537,792 numbers for a batch; this device can hold 4,194,304 numbers in one tensor. The largest batch that fits is 193.',
    );
    expect(refusalOf(CIUTACU, FASHION_MNIST, { ...ADAM, batchSize: 193 }, limits)).toBeNull();
  });

  test('in one texture names a kernel that is too large for it', () => {
    const wide = network(['flatten'], ['dense', { units: 8192 }], OUTPUT);
    const refusal = refusalOf(wide, FASHION_MNIST, ADAM, { ...ROOMY, textureSize: 2048 });
    expect(refusal?.message).toContain('The kernel of Dense 1 has 6,422,528 numbers; this device can hold 4,194,304');
    expect(refusal?.fixes.map(({ label }) => label)).toEqual(['Use 5,349 units in Dense 1']);
  });
});
