import { describe, expect, test } from 'vitest';
import { applyEdit, createLayer, freeId, layerNames, type Network } from '../../../../src/core/network/network.ts';

const CONV = createLayer('conv2d', 'conv2d-1', { filters: 8 });
const FLATTEN = createLayer('flatten', 'flatten-1');
const DENSE = createLayer('dense', 'dense-1', { units: 10, activation: 'softmax' });
const NETWORK: Network = { layers: [CONV, FLATTEN, DENSE] };

function ids(network: Network): readonly string[] {
  return network.layers.map((layer) => layer.id);
}

describe('a new layer', () => {
  test('has the defaults of its kind, its id and the options given', () => {
    expect(createLayer('dense', 'dense-7', { units: 64 })).toEqual({
      kind: 'dense',
      id: 'dense-7',
      off: false,
      frozen: false,
      units: 64,
      activation: 'relu',
      useBias: true,
      kernelInitializer: 'glorotUniform',
      stddev: 0.05,
      l1: 0,
      l2: 0,
    });
  });

  test('gets the first free number of its kind as id', () => {
    expect(freeId(NETWORK, 'dense')).toBe('dense-2');
    expect(freeId(NETWORK, 'dropout')).toBe('dropout-1');
    const gap: Network = { layers: [createLayer('dense', 'dense-2'), createLayer('dense', 'dense-3')] };
    expect(freeId(gap, 'dense')).toBe('dense-1');
  });
});

describe('edits', () => {
  test('insert puts a layer at a place', () => {
    const layer = createLayer('dropout', 'dropout-1');
    expect(ids(applyEdit(NETWORK, { type: 'insert', index: 2, layer }))).toEqual([
      'conv2d-1',
      'flatten-1',
      'dropout-1',
      'dense-1',
    ]);
  });

  test('remove takes one layer out, and nothing when there is none of that id', () => {
    expect(ids(applyEdit(NETWORK, { type: 'remove', id: 'flatten-1' }))).toEqual(['conv2d-1', 'dense-1']);
    expect(applyEdit(NETWORK, { type: 'remove', id: 'dense-9' })).toEqual(NETWORK);
  });

  test.each([
    { id: 'conv2d-1', to: 2, order: ['flatten-1', 'dense-1', 'conv2d-1'] },
    { id: 'dense-1', to: 0, order: ['dense-1', 'conv2d-1', 'flatten-1'] },
    { id: 'dense-1', to: -3, order: ['dense-1', 'conv2d-1', 'flatten-1'] },
    { id: 'conv2d-1', to: 99, order: ['flatten-1', 'dense-1', 'conv2d-1'] },
    { id: 'nobody', to: 1, order: ['conv2d-1', 'flatten-1', 'dense-1'] },
  ])('move of $id to $to gives $order', ({ id, to, order }) => {
    expect(ids(applyEdit(NETWORK, { type: 'move', id, to }))).toEqual(order);
  });

  test('setOptions changes the options that the kind has, and nothing else', () => {
    const values = { units: 20, off: true, poolSize: 3, id: 'other', kind: 'flatten' };
    const [, , dense] = applyEdit(NETWORK, { type: 'setOptions', id: 'dense-1', values }).layers;
    expect(dense).toEqual({ ...DENSE, units: 20, off: true });
  });

  test('replace takes the whole network over', () => {
    expect(applyEdit(NETWORK, { type: 'replace', network: { layers: [] } })).toEqual({ layers: [] });
  });

  test('never change the network that they are given', () => {
    const before = structuredClone(NETWORK);
    applyEdit(NETWORK, { type: 'move', id: 'dense-1', to: 0 });
    applyEdit(NETWORK, { type: 'setOptions', id: 'dense-1', values: { units: 3 } });
    expect(NETWORK).toEqual(before);
  });
});

test('layers are named by their title and their position among their kind', () => {
  const layers = [CONV, createLayer('maxPooling2d', 'a'), createLayer('conv2d', 'b'), FLATTEN, DENSE];
  expect(layerNames({ layers })).toEqual(['Conv2D 1', 'MaxPooling2D 1', 'Conv2D 2', 'Flatten 1', 'Dense 1']);
});
