import { describe, expect, test } from 'vitest';
import { decidesByPixels, lastHidden } from '../../../../src/core/explaining/hidden-layer.ts';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import type { LayerSpec } from '../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { presetById } from '../../../../src/datasets/catalogue.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

function graphOf(layers: readonly LayerSpec[]): Graph {
  const { graph, issues } = analyse({ layers }, FASHION_MNIST);
  if (graph === null) throw new Error(issues.map(({ message }) => message).join('\n'));
  return graph;
}

const flatten = createLayer('flatten', 'flatten');
const softmax = createLayer('activation', 'softmax', { activation: 'softmax' });
const output = createLayer('dense', 'output', { units: 10, activation: 'softmax' });

test.each([
  ['ciutacu-cnn', { position: 3, name: 'Dense 1', width: 100 }],
  ['cecchetti-dense', { position: 2, name: 'Dense 2', width: 4096 }],
])('the last hidden layer of %s', (preset, expected) => {
  expect(lastHidden(graphOf(presetById(FASHION_MNIST, preset)?.network.layers ?? []))).toEqual(expected);
});

describe('the last hidden layer', () => {
  test('is named after the layer that made its values, behind Flatten, Dropout and linear activations', () => {
    const layers = [
      createLayer('conv2d', 'conv', { filters: 3, kernelSize: 5, strides: 3 }),
      createLayer('activation', 'line', { activation: 'linear' }),
      createLayer('dropout', 'dropout'),
      flatten,
      output,
    ];
    expect(lastHidden(graphOf(layers))).toEqual({ position: 0, name: 'Conv2D 1', width: 8 * 8 * 3 });
  });

  test('enters the layer that weighs it, not the normalisation or the activation behind that', () => {
    const layers = [
      flatten,
      createLayer('dense', 'hidden', { units: 7, activation: 'relu' }),
      createLayer('dense', 'output', { units: 10, activation: 'linear' }),
      createLayer('batchNormalization', 'normal'),
      softmax,
    ];
    expect(lastHidden(graphOf(layers))).toEqual({ position: 1, name: 'Dense 1', width: 7 });
  });

  test('is the sum of two paths where an Add joins them before the output', () => {
    const layers = [
      flatten,
      createLayer('dense', 'one', { units: 6 }),
      createLayer('dense', 'two', { units: 6 }),
      createLayer('add', 'sum', { from: 'one' }),
      output,
    ];
    expect(lastHidden(graphOf(layers))).toMatchObject({ name: 'Add 1', width: 6 });
  });

  test('counts a pooling without weights as one, because it changes the values', () => {
    const hidden = lastHidden(graphOf([createLayer('maxPooling2d', 'pool'), flatten, output]));
    expect([hidden, decidesByPixels(hidden)]).toEqual([{ position: 0, name: 'MaxPooling2D 1', width: 196 }, false]);
  });

  test('is missing from softmax regression, which decides by the pixels, whatever drops some of them', () => {
    const hidden = lastHidden(graphOf([createLayer('dropout', 'dropout'), flatten, output]));
    expect([hidden, decidesByPixels(hidden)]).toEqual([{ position: -1, name: 'Input', width: 784 }, true]);
  });
});
