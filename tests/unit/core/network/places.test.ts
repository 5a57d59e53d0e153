import { expect, test } from 'vitest';
import { analyse } from '../../../../src/core/network/graph.ts';
import type { LayerSpec } from '../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { beforeOutput, featureEnd, nameAbove, otherPlaces } from '../../../../src/core/network/places.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';

const of = (layers: readonly LayerSpec[]) => analyse({ layers }, ciutacuCnn.dataset);
const output = createLayer('dense', 'output', { units: 10, activation: 'softmax' });
const conv = createLayer('conv2d', 'conv');
const flatten = createLayer('flatten', 'flatten');

test('the features end before Flatten, or before the mean over the image', () => {
  expect(featureEnd(of(ciutacuCnn.network.layers))).toBe(2);
  const mean = createLayer('globalAveragePooling2d', 'mean');
  expect(featureEnd(of([conv, createLayer('dropout', 'drop'), mean, output]))).toBe(2);
});

test('where nothing is flattened they end before the output', () => {
  const rows = createLayer('lstm', 'rows');
  expect(featureEnd(of([createLayer('reshape', 'r', { targetShape: [28, 28] }), rows, output]))).toBe(2);
  const scores = createLayer('dense', 'scores', { units: 10, activation: 'linear' });
  expect(featureEnd(of([rows, scores, createLayer('activation', 'end', { activation: 'softmax' })]))).toBe(1);
});

test('a network without an output ends where its list ends', () => {
  expect(featureEnd(of([]))).toBe(0);
  expect(featureEnd(of([conv]))).toBe(1);
  expect(beforeOutput(of([flatten, createLayer('dense', 'hidden')]))).toBe(2);
});

test('a Flatten that waits for an input still ends the features, and one that is switched off does not', () => {
  const broken = createLayer('conv2d', 'broken', { kernelSize: 999 });
  expect(featureEnd(of([broken, flatten, output]))).toBe(1);
  const mean = createLayer('globalAveragePooling2d', 'mean');
  expect(featureEnd(of([{ ...flatten, off: true }, conv, mean, output]))).toBe(2);
});

test('other places begin with the ends of the two parts and never lie behind the output', () => {
  expect(otherPlaces(of(ciutacuCnn.network.layers), 5)).toEqual([2, 4, 3, 1, 0]);
  expect(otherPlaces(of(ciutacuCnn.network.layers), 2)).toEqual([4, 1, 3, 0]);
});

test('a place is named after what stands above it', () => {
  const analysis = of(ciutacuCnn.network.layers);
  expect([0, 2, 5].map((place) => nameAbove(analysis, place))).toEqual(['Input', 'MaxPooling2D 1', 'Dense 2']);
});
