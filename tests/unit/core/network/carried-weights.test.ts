import { describe, expect, test } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { carriedWeights, layerStarts, withCarried } from '../../../../src/core/network/carried-weights.ts';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import { applyEdit, createLayer, type Edit } from '../../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { PENGUINS_PRESETS } from '../../../../src/datasets/penguins/presets.ts';
import { PENGUINS } from '../../../../src/datasets/penguins/spec.ts';

/** The layers of a network that take weights of another. */
const carriedLayers = (from: Graph, to: Graph) =>
  layerStarts(from, to).flatMap(({ node, fresh }) => (fresh === null ? [node] : []));

function graphAfter(...edits: readonly Edit[]): Graph {
  const { graph } = analyse(edits.reduce(applyEdit, ciutacuCnn.network), FASHION_MNIST);
  if (graph === null) throw new Error('The network has errors.');
  return graph;
}

/** Weights that are told apart by their only number: their place. */
function numbered(graph: Graph): Float32Array<ArrayBuffer>[] {
  return graph.nodes.flatMap((node) => node.weights).map((_, place) => Float32Array.of(place));
}

function withOneColumnRenamed(spec: DatasetSpec): DatasetSpec {
  if (spec.samples.kind !== 'table') throw new Error('It is a table.');
  const [first, ...rest] = spec.samples.fields;
  if (first === undefined) throw new Error('It has columns.');
  return { ...spec, id: 'others', samples: { ...spec.samples, fields: [{ ...first, name: 'other' }, ...rest] } };
}

const before = graphAfter();
const carry = (to: Graph) => carriedWeights(before, numbered(before), to).map((values) => values?.[0] ?? null);

describe('trained weights', () => {
  test('all go on where nothing with weights has changed', () => {
    const dropout: Edit = { type: 'insert', index: 3, layer: createLayer('dropout', 'dropout-1') };
    const to = graphAfter(dropout);
    expect(carry(to)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(carriedLayers(before, to).map(({ name }) => name)).toEqual(['Conv2D 1', 'Dense 1', 'Dense 2']);
  });

  test('of a layer that was made wider start afresh, and so do those that take its output', () => {
    const to = graphAfter({ type: 'setOptions', id: 'dense-1', values: { units: 50 } });
    expect(carry(to)).toEqual([0, 1, null, null, null, null]);
    expect(carriedLayers(before, to).map(({ name }) => name)).toEqual(['Conv2D 1']);
  });

  test('follow their layer to another place', () => {
    const wide: Edit = { type: 'insert', index: 1, layer: createLayer('conv2d', 'new', { padding: 'same' }) };
    expect(carry(graphAfter(wide))).toEqual([0, 1, null, null, 2, 3, 4, 5]);
  });

  test('of a layer without its bias are others', () => {
    const to = graphAfter({ type: 'setOptions', id: 'conv2d-1', values: { useBias: false } });
    expect(carry(to)).toEqual([null, 2, 3, 4, 5]);
  });

  test('go to a layer of another name where kind and shapes are the same, each once', () => {
    const renamed = ciutacuCnn.network.layers.map((layer) => ({ ...layer, id: `my-${layer.id}` }));
    const { graph } = analyse({ layers: renamed }, FASHION_MNIST);
    expect(graph && carry(graph)).toEqual([0, 1, 2, 3, 4, 5]);
    const twice = graphAfter({ type: 'insert', index: 4, layer: createLayer('dense', 'new', { units: 100 }) });
    expect(layerStarts(before, twice).map(({ node, fresh }) => [node.spec.id, fresh])).toContainEqual(['new', 'none']);
  });

  test('leave the head alone where the classes are others, though its shape is the same', () => {
    const others: DatasetSpec = { ...FASHION_MNIST, id: 'others', classes: [...'abcdefghij'] };
    const { graph } = analyse(ciutacuCnn.network, others);
    expect(graph && carry(graph)).toEqual([0, 1, 2, 3, null, null]);
    expect(graph && layerStarts(before, graph).map(({ fresh }) => fresh)).toEqual([null, null, 'classes']);
  });

  test('of a table go to no network for other columns', () => {
    const graphs = [PENGUINS, withOneColumnRenamed(PENGUINS)].map((spec) => {
      const { graph } = analyse(PENGUINS_PRESETS[0].network, spec);
      if (graph === null) throw new Error('The network has errors.');
      return graph;
    });
    const [here, there] = graphs;
    if (here === undefined || there === undefined) throw new Error('There are two.');
    expect(carriedLayers(here, here)).not.toEqual([]);
    expect(layerStarts(here, there).every(({ fresh }) => fresh === 'columns')).toBe(true);
  });

  test('take the places of fresh ones', () => {
    const fresh = [Float32Array.of(7), Float32Array.of(8)];
    expect(withCarried(fresh, [null, Float32Array.of(1)]).map(([value]) => value)).toEqual([7, 1]);
  });
});
