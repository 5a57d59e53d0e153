import { expect, test } from 'vitest';
import { at } from '../../../../src/core/at.ts';
import {
  type AttentionLayer,
  attentionLayers,
  attentionMap,
  lookOf,
  overPixels,
  shapeInPlaces,
} from '../../../../src/core/explaining/attention.ts';
import { analyse } from '../../../../src/core/network/graph.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { smallVisionTransformer } from '../../../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { layers, OUTPUT } from '../../../fixtures/specs/fixture.ts';
import recorded from '../../../fixtures/torch/attention.json' with { type: 'json' };

test.each(recorded.filter(({ kind }) => kind === 'multiHeadAttention'))(
  '$name weighs values as PyTorch does',
  (recording) => {
    const [, places = 0, features = 0] = recording.input.shape;
    const { heads = 0, keySize = 0 } = recording.options;
    const weights = recording.weights.map(({ values }) => Float32Array.from(values));
    const spec = createLayer('multiHeadAttention', 'attention', { heads, keySize });
    const node = {
      name: 'MultiHeadAttention 1',
      spec,
      inputs: [0],
      input: [places, features],
      output: [places, features],
      weights: [],
      flops: 0,
    };
    const layer: AttentionLayer = { node, spec, source: 0, start: 0, rows: places, columns: 1 };
    const x = Float32Array.from(recording.input.values.slice(0, places * features));
    const { weights: shares } = attentionMap(layer, x, weights);
    const [valueKernel, valueBias, outputKernel, outputBias] = [4, 5, 6, 7].map((index) => at(weights, index));
    const width = heads * keySize;
    const valueAt = (place: number, unit: number) =>
      Array.from(
        { length: features },
        (_, i) => (x[place * features + i] ?? 0) * (valueKernel?.[i * width + unit] ?? 0),
      ).reduce((sum, part) => sum + part, valueBias?.[unit] ?? 0);
    const mixedOf = (place: number, unit: number) =>
      Array.from({ length: places }, (_, to) => {
        const share = shares[(Math.floor(unit / keySize) * places + place) * places + to] ?? 0;
        return share * valueAt(to, unit);
      }).reduce((sum, part) => sum + part, 0);
    for (let place = 0; place < places; place++) {
      const mixed = Array.from({ length: width }, (_, unit) => mixedOf(place, unit));
      for (let feature = 0; feature < features; feature++) {
        const value = mixed.reduce(
          (sum, part, unit) => sum + part * (outputKernel?.[unit * features + feature] ?? 0),
          outputBias?.[feature] ?? 0,
        );
        expect(value).toBeCloseTo(recording.output.values[place * features + feature] ?? Number.NaN, 5);
      }
    }
  },
);

test('the layers that compare patches are found with their grid and their weights', () => {
  const { graph } = analyse(smallVisionTransformer.network, FASHION_MNIST);
  const found = graph === null ? [] : attentionLayers(graph);
  expect(found.map(({ node, rows, columns }) => [node.name, rows, columns])).toEqual([
    ['MultiHeadAttention 1', 4, 4],
    ['MultiHeadAttention 2', 4, 4],
  ]);
  const all = graph?.nodes.flatMap(({ weights }) => weights) ?? [];
  expect(found.map(({ start }) => all[start]?.name)).toEqual(['queryKernel', 'queryKernel']);
});

test('attention between the rows of an image is not drawn over it', () => {
  const network = { layers: layers(['lstm', { returnSequences: true }], ['multiHeadAttention'], ['flatten'], OUTPUT) };
  const { graph } = analyse(network, FASHION_MNIST);
  expect(graph && attentionLayers(graph)).toEqual([]);
});

test('what a layer gives for each patch lies in the places of the patches; other shapes stay', () => {
  const { graph } = analyse(smallVisionTransformer.network, FASHION_MNIST);
  const positionOf = (name: string) => graph?.nodes.findIndex((node) => node.name === name) ?? -1;
  const shapeOf = (name: string) => graph && shapeInPlaces(graph, positionOf(name));
  expect(shapeOf('Patches 1')).toEqual([4, 4, 49]);
  expect(shapeOf('Dense 2')).toEqual([4, 4, 128]);
  expect(shapeOf('GlobalAveragePooling1D 1')).toEqual([64]);
  const rows = analyse(
    { layers: layers(['lstm', { returnSequences: true }], ['flatten'], OUTPUT) },
    FASHION_MNIST,
  ).graph;
  expect(rows && shapeInPlaces(rows, 0)).toEqual([28, 64]);
});

const MAP = {
  id: 'a',
  name: 'MultiHeadAttention 1',
  heads: 2,
  rows: 1,
  columns: 2,
  weights: Float32Array.of(0.25, 0.75, 0.5, 0.5, 1, 0, 0, 1),
};

test('a patch looks by its row, all of them by their mean', () => {
  expect([...lookOf(MAP, 0, 0)]).toEqual([0.25, 0.75]);
  expect([...lookOf(MAP, 1, 1)]).toEqual([0, 1]);
  expect([...lookOf(MAP, 0, null)]).toEqual([0.375, 0.625]);
});

test('a value for each patch covers the pixels of the patch', () => {
  const values = overPixels(Float32Array.of(1, 2, 3, 4, 5, 6), { rows: 2, columns: 3 }, { height: 4, width: 6 });
  expect([...values]).toEqual([1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 4, 4, 5, 5, 6, 6]);
});
