import { describe, expect, test } from 'vitest';
import { applyEdit, createLayer, type Network } from '../../../src/core/network/network.ts';
import { cecchettiWidths } from '../../../src/datasets/fashion-mnist/presets/cecchetti.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { analysisOf, refusalOfDraft } from '../../../src/state/analysis.ts';
import { draftOf } from '../../../src/state/draft.ts';
import { isTrainable } from '../../../src/state/trainable.ts';

/** A network of its own for each test: reports stay with the layers that they are about. */
function freshNetwork(): Network {
  return structuredClone(ciutacuCnn.network);
}

function forFashion(network: Network) {
  return { network, dataset: FASHION_MNIST };
}

function withOption(base: Network, id: string, values: Record<string, unknown>): Network {
  return applyEdit(base, { type: 'setOptions', id, values });
}

describe('analysisOf', () => {
  test('gives one object for one network', () => {
    const network = freshNetwork();
    expect(analysisOf(forFashion(network))).toBe(analysisOf(forFashion(network)));
    expect(analysisOf(forFashion(network)).layers.at(-1)?.output).toEqual([10]);
  });

  test('keeps the reports of layers that an edit leaves as they were', () => {
    const network = freshNetwork();
    const before = analysisOf(forFashion(network)).layers;
    const after = analysisOf(forFashion(withOption(network, 'dense-1', { units: 50 }))).layers;
    expect(after.map((report, i) => report === before[i])).toEqual([true, true, true, false, false]);
  });

  test('gives a new report to a layer whose input has changed', () => {
    const network = freshNetwork();
    const before = analysisOf(forFashion(network)).layers;
    const after = analysisOf(forFashion(withOption(network, 'conv2d-1', { padding: 'same' }))).layers;
    expect(after.map((report, i) => report === before[i])).toEqual([false, false, false, false, true]);
    expect(after[2]?.output).toEqual([14 * 14 * 32]);
  });
});

describe('refusalOfDraft', () => {
  test('lets through what fits', () => {
    expect(refusalOfDraft(draftOf(ciutacuCnn, 42))).toBeNull();
    expect(isTrainable(draftOf(ciutacuCnn, 42))).toBe(true);
  });

  test('refuses a batch that no device holds, names the largest that fits, and nothing can be trained', () => {
    const wide = cecchettiWidths.at(-1);
    if (wide === undefined) throw new Error('There are no widths.');
    const draft = draftOf(wide, 42);
    const large = { ...draft, recipe: { ...draft.recipe, batchSize: 4096 } };
    const largest = refusalOfDraft(large)?.largestBatch ?? 0;
    expect(largest).toBeGreaterThan(0);
    expect(isTrainable(large)).toBe(false);
    const smaller = { ...large, recipe: { ...large.recipe, batchSize: largest } };
    expect(refusalOfDraft(smaller)).toBeNull();
    expect(isTrainable(smaller)).toBe(true);
  });

  test('says nothing about a network that does not fit together', () => {
    const layers = [createLayer('dense', 'dense-1', { units: 3 })];
    expect(refusalOfDraft({ ...draftOf(ciutacuCnn, 42), network: { layers } })).toBeNull();
  });
});
