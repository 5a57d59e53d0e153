import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/network/graph.ts';
import { applyEdit, type Network } from '../../../../src/core/network/network.ts';
import { optionProblems } from '../../../../src/core/network/options.ts';
import { sizeOf } from '../../../../src/core/network/shape.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { ANY_EDIT, ANY_NETWORK, EDITED_NETWORK, mended, VALID_NETWORK } from '../../../fixtures/specs/arbitrary.ts';

const RUNS = { numRuns: 120, seed: 2018 };

describe('any edits', () => {
  test('leave the network that they were made to as it was, which is what Undo goes back to', () => {
    fc.assert(
      fc.property(VALID_NETWORK, fc.array(ANY_EDIT, { maxLength: 25 }), (first, draws) => {
        const past: { readonly network: Network; readonly before: string }[] = [];
        let network = first;
        for (const draw of draws) {
          past.push({ network, before: JSON.stringify(network) });
          network = applyEdit(network, draw(network));
        }
        for (const { network: kept, before } of past) expect(JSON.stringify(kept)).toBe(before);
      }),
      RUNS,
    );
  });

  test('leave every layer with an id of its own', () => {
    fc.assert(
      fc.property(ANY_NETWORK, fc.array(ANY_EDIT, { maxLength: 15 }), (first, draws) => {
        const { layers } = draws.reduce((network, draw) => applyEdit(network, draw(network)), first);
        expect(new Set(layers.map(({ id }) => id)).size).toBe(layers.length);
      }),
      RUNS,
    );
  });
});

describe('any network', () => {
  test('is analysed without an exception, and has a graph unless it has an error', () => {
    fc.assert(
      fc.property(EDITED_NETWORK, (network) => {
        const { graph, issues, layers } = analyse(network, FASHION_MNIST);
        expect(graph === null).toBe(issues.some(({ severity }) => severity === 'error'));
        expect(layers).toHaveLength(network.layers.length);
      }),
      RUNS,
    );
  });

  test('is offered at least one fix for every issue, and each settles it', () => {
    fc.assert(
      fc.property(EDITED_NETWORK, (network) => {
        for (const { code, layerId, message, fixes } of analyse(network, FASHION_MNIST).issues) {
          expect(fixes.length).toBeGreaterThan(0);
          for (const { edits } of fixes) {
            const left = analyse(edits.reduce(applyEdit, network), FASHION_MNIST).issues;
            const same = left.filter((i) => i.code === code && i.layerId === layerId && i.message === message);
            expect(same, message).toEqual([]);
          }
        }
      }),
      RUNS,
    );
  });
});

describe('any broken network', () => {
  test('can be trained after the first fix of its first error, and so on', () => {
    fc.assert(
      fc.property(EDITED_NETWORK, (network) => {
        expect(analyse(mended(network), FASHION_MNIST).graph).not.toBeNull();
      }),
      RUNS,
    );
  });
});

describe('any valid network', () => {
  test('has a graph that hangs together: inputs come before, shapes and counts agree', () => {
    fc.assert(
      fc.property(VALID_NETWORK, (network) => {
        const { graph, totals, layers } = analyse(network, FASHION_MNIST);
        const nodes = graph?.nodes ?? [];
        expect(nodes.length).toBeGreaterThan(0);
        nodes.forEach((node, position) => {
          expect(optionProblems(node.spec)).toEqual([]);
          expect(node.inputs.every((input) => input >= -1 && input < position)).toBe(true);
          const source = nodes[node.inputs[0] ?? -1];
          expect(node.input).toEqual(source?.output ?? [28, 28, 1]);
          expect(node.output.every((extent) => Number.isInteger(extent) && extent > 0)).toBe(true);
          expect(Number.isInteger(node.flops) && node.flops >= 0).toBe(true);
        });
        const weights = nodes.flatMap((node) => node.weights);
        const counted = layers.reduce((sum, layer) => sum + layer.parameters, 0);
        expect(totals.trainable + totals.nonTrainable).toBe(counted);
        expect(weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0)).toBe(counted);
        expect(nodes.at(-1)?.output).toEqual([10]);
      }),
      RUNS,
    );
  });

  test('is often a large one with joins, so that these properties say something', () => {
    const sample = fc
      .sample(VALID_NETWORK, { numRuns: 200, seed: 2018 })
      .map((network) => analyse(network, FASHION_MNIST).graph);
    const kinds = new Set(sample.flatMap((graph) => graph?.nodes.map(({ spec }) => spec.kind) ?? []));
    expect(kinds.size).toBeGreaterThanOrEqual(18);
    expect(sample.filter((graph) => (graph?.nodes.length ?? 0) > 6).length).toBeGreaterThan(40);
  });
});
