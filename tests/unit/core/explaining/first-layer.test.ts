import { expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { firstLayerOf } from '../../../../src/core/explaining/first-layer.ts';
import { analyse } from '../../../../src/core/network/graph.ts';
import type { Network } from '../../../../src/core/network/network.ts';
import { stack } from '../../../../src/core/network/presets/stack.ts';
import { sizeOf } from '../../../../src/core/network/shape.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';
import { TREES } from '../../../fixtures/specs/table.ts';

/** The first layer of a network whose weights are numbered from 0, each tensor by itself. */
function firstOf(network: Network, dataset: DatasetSpec) {
  const { graph } = analyse(network, dataset);
  if (graph === null) throw new Error('The network fits together.');
  const shapes = graph.nodes.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  return firstLayerOf(
    graph,
    shapes.map((shape) => Float32Array.from({ length: sizeOf(shape) }, (_, i) => i)),
  );
}

test('of a table the weights of the first dense layer belong to the values of a row', () => {
  const { name, unit, columns, tiles } = firstOf(
    stack(['dense', { units: 2 }], ['dense', { units: 3, activation: 'softmax' }]),
    TREES,
  );
  expect([name, unit, tiles]).toEqual(['Dense 1', 'unit', null]);
  expect(columns).toEqual({ units: 2, values: Float32Array.from({ length: 10 }, (_, i) => i) });
});

test('also behind a normalisation, and of a single layer its units are the classes', () => {
  const { unit, columns } = firstOf(
    stack(['batchNormalization'], ['dense', { units: 3, activation: 'softmax' }]),
    TREES,
  );
  expect(unit).toBe('class');
  expect(columns?.values).toHaveLength(15);
});

test('a single sigmoid unit stands for the second of two classes', () => {
  expect(firstOf(stack(['dense', { units: 1, activation: 'sigmoid' }]), WEATHER)).toMatchObject({
    unit: 'second',
    columns: { units: 1, values: Float32Array.of(0, 1, 2, 3) },
  });
});

test('weights that do not take the row itself belong to no column, and those of images neither', () => {
  const sequence = ['reshape', { targetShape: [5, 1] }] as const;
  const output = ['dense', { units: 3, activation: 'softmax' }] as const;
  const reshaped = stack(sequence, ['gru', { units: 2 }], output);
  expect(firstOf(reshaped, TREES).columns).toBeNull();
  const oneByOne = stack(sequence, ['dense', { units: 2 }], ['flatten'], output);
  expect(firstOf(oneByOne, TREES).columns).toBeNull();
  const flat = stack(['flatten'], ['dense', { units: 4, activation: 'softmax' }]);
  expect(firstOf(flat, SIGNS).columns).toBeNull();
});
