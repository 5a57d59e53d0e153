import { describe, expect, test } from 'vitest';
import { carriedLayers, carriedWeights, withCarried } from '../../../../src/core/network/carried-weights.ts';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import { applyEdit, createLayer, type Edit } from '../../../../src/core/network/network.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

function graphAfter(...edits: readonly Edit[]): Graph {
  const { graph } = analyse(edits.reduce(applyEdit, ciutacuCnn.network), FASHION_MNIST);
  if (graph === null) throw new Error('The network has errors.');
  return graph;
}

/** Weights that are told apart by their only number: their place. */
function numbered(graph: Graph): Float32Array<ArrayBuffer>[] {
  return graph.nodes.flatMap((node) => node.weights).map((_, place) => Float32Array.of(place));
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

  test('take the places of fresh ones', () => {
    const fresh = [Float32Array.of(7), Float32Array.of(8)];
    expect(withCarried(fresh, [null, Float32Array.of(1)]).map(([value]) => value)).toEqual([7, 1]);
  });
});
