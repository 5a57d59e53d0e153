import { expect, test } from 'vitest';
import { firstLayerOf } from '../../../../src/core/explaining/first-layer.ts';
import { chosenLayer, visibleLayers } from '../../../../src/core/explaining/inspection.ts';
import { tileAt } from '../../../../src/core/explaining/tiles.ts';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import type { LayerSpec } from '../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { sizeOf } from '../../../../src/core/network/shape.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

function graphOf(...layers: readonly LayerSpec[]): Graph {
  const { graph, issues } = analyse({ layers }, FASHION_MNIST);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join('\n'));
  return graph;
}

/** Weights of a graph: each counts up from 0. */
function weightsOf(graph: Graph): Float32Array[] {
  const shapes = graph.nodes.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  return shapes.map((shape) => Float32Array.from({ length: sizeOf(shape) }, (_, i) => i));
}

const flatten = createLayer('flatten', 'flatten');
const output = createLayer('dense', 'output', { units: 10, activation: 'softmax' });
const conv = createLayer('conv2d', 'conv', { filters: 4, kernelSize: 3, activation: 'relu' });
const pool = createLayer('maxPooling2d', 'pool');

test('the first convolution gives a tile for each filter', () => {
  const graph = graphOf(conv, pool, flatten, output);
  const { name, unit, tiles } = firstLayerOf(graph, weightsOf(graph));
  expect([name, unit]).toEqual(['Conv2D 1', 'filter']);
  expect(tiles).toMatchObject({ count: 4, height: 3, width: 3 });
  expect([...(tiles ? tileAt(tiles, 1) : [])]).toEqual([1, 5, 9, 13, 17, 21, 25, 29, 33]);
});

test('of a convolution on several channels the part for the first is drawn', () => {
  const graph = graphOf(createLayer('reshape', 'reshape', { targetShape: [14, 14, 4] }), conv, flatten, output);
  const { tiles } = firstLayerOf(graph, weightsOf(graph));
  expect([...(tiles ? tileAt(tiles, 1) : [])]).toEqual([1, 17, 33, 49, 65, 81, 97, 113, 129]);
});

test('a normalisation before it is looked past', () => {
  const graph = graphOf(createLayer('batchNormalization', 'norm'), conv, flatten, output);
  expect(firstLayerOf(graph, weightsOf(graph))).toMatchObject({ name: 'Conv2D 1', tiles: { count: 4 } });
});

test('a dense layer on the pixels gives its units as images, the only one its classes', () => {
  const hidden = createLayer('dense', 'hidden', { units: 3 });
  const graph = graphOf(flatten, hidden, output);
  const { tiles, unit } = firstLayerOf(graph, weightsOf(graph));
  expect([unit, tiles?.count, tiles?.height, tiles?.width]).toEqual(['unit', 3, 28, 28]);
  expect(tiles && tileAt(tiles, 2)[28]).toBe(28 * 3 + 2);
  const regression = graphOf(flatten, output);
  expect(firstLayerOf(regression, weightsOf(regression))).toMatchObject({ unit: 'class', tiles: { count: 10 } });
});

test('a dense layer on a pooled image has tiles of its size', () => {
  const graph = graphOf(pool, flatten, output);
  expect(firstLayerOf(graph, weightsOf(graph)).tiles).toMatchObject({ count: 10, height: 14, width: 14 });
});

test('another kind of layer has a name and no tiles', () => {
  const graph = graphOf(
    createLayer('reshape', 'reshape', { targetShape: [28, 28] }),
    createLayer('gru', 'gru', { units: 5 }),
    output,
  );
  expect(firstLayerOf(graph, weightsOf(graph))).toMatchObject({ name: 'GRU 1', tiles: null });
});

test('layers that only hand values on are not offered', () => {
  const graph = graphOf(conv, createLayer('dropout', 'dropout'), pool, flatten, output);
  expect(visibleLayers(graph).map(({ name, shape, activation }) => [name, shape.join('×'), activation])).toEqual([
    ['Conv2D 1', '26×26×4', 'relu'],
    ['MaxPooling2D 1', '13×13×4', 'linear'],
    ['Dense 1', '10', 'softmax'],
  ]);
});

test.each([
  ['the one that was asked for', 'pool', 'MaxPooling2D 1'],
  ['else the first convolution', 'gone', 'Conv2D 1'],
  ['else the first convolution where none was', null, 'Conv2D 1'],
])('the layer to look at is %s', (_name, id, expected) => {
  expect(chosenLayer(graphOf(pool, conv, flatten, output), id)?.name).toBe(expected);
});

test('without a convolution it is the first dense layer', () => {
  expect(chosenLayer(graphOf(pool, flatten, output), null)?.name).toBe('Dense 1');
});
