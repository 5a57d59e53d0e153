import { describe, expect, test } from 'vitest';
import { blockEdits } from '../../../../src/core/network/blocks.ts';
import type { LayerSpec } from '../../../../src/core/network/layers/registry.ts';
import { applyEdit, createLayer } from '../../../../src/core/network/network.ts';
import { NO_AUGMENTATION } from '../../../../src/core/training/augmentation.ts';
import { OPTIMIZERS } from '../../../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../../../src/core/training/recipe.ts';
import { diffText, runDiff } from '../../../../src/core/training/run-diff.ts';
import { SCHEDULES } from '../../../../src/core/training/schedule.ts';
import { DEFAULT_RECIPE } from '../../../../src/datasets/fashion-mnist/presets/base.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { malcaSitalkilDense } from '../../../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';
import { overfittingDemo } from '../../../../src/datasets/fashion-mnist/presets/own.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const { network } = ciutacuCnn;
const base = { dataset: FASHION_MNIST, network, recipe: DEFAULT_RECIPE };

/** The labels after a change of the recipe. */
function recipeLabels(values: Partial<Recipe>, before: Partial<Recipe> = {}): readonly string[] {
  const recipe = { ...DEFAULT_RECIPE, ...before };
  return runDiff({ ...base, recipe }, { ...base, recipe: { ...recipe, ...values } });
}

/** The labels after a change of Ciutacu's layers: Conv2D 32, MaxPooling2D, Flatten, Dense 100, Dense 10. */
function layerLabels(edit: (layers: readonly LayerSpec[]) => readonly LayerSpec[]): readonly string[] {
  return runDiff(base, { ...base, network: { layers: edit(network.layers) } });
}

const withOption = (index: number, values: object) => (layers: readonly LayerSpec[]) =>
  layers.map((layer, i) => (i === index ? { ...layer, ...values } : layer));

test('two runs of the same kind have no label', () => {
  expect(runDiff(base, structuredClone(base))).toEqual([]);
});

describe('a change of the network', () => {
  const dropout = createLayer('dropout', 'dropout-1', { rate: 0.25 });

  test('names what was added and what was removed', () => {
    expect(layerLabels((layers) => layers.toSpliced(4, 0, dropout))).toEqual(['+Dropout 0.25']);
    expect(layerLabels((layers) => layers.toSpliced(1, 1))).toEqual(['−MaxPooling2D 2']);
    expect(layerLabels((layers) => [createLayer('batchNormalization', 'b'), ...layers])).toEqual([
      '+BatchNormalization',
    ]);
  });

  test('takes outputs for each other, whatever their ids are', () => {
    const [from, to] = [malcaSitalkilDense, overfittingDemo].map((preset) => ({ ...base, network: preset.network }));
    expect(runDiff(from ?? base, to ?? base)).toEqual(['+Dense 512']);
    expect(runDiff(to ?? base, from ?? base)).toEqual(['−Dense 512']);
  });

  test('counts what was added more than once', () => {
    const again = createLayer('dropout', 'dropout-2', { rate: 0.25 });
    expect(layerLabels((layers) => layers.toSpliced(4, 0, dropout).toSpliced(2, 0, again))).toEqual([
      '+Dropout 0.25 ×2',
    ]);
  });

  test('takes a layer that is switched off for one that is not there', () => {
    expect(layerLabels((layers) => layers.toSpliced(4, 0, { ...dropout, off: true }))).toEqual([]);
    expect(layerLabels(withOption(1, { off: true }))).toEqual(['−MaxPooling2D 2']);
  });

  test('writes the main figure of a layer behind its name, and other options with theirs', () => {
    expect(layerLabels(withOption(3, { units: 50 }))).toEqual(['Dense 100 → 50']);
    expect(layerLabels(withOption(0, { padding: 'same' }))).toEqual(['Conv2D valid → same']);
    expect(layerLabels(withOption(0, { kernelSize: 5 }))).toEqual(['Conv2D kernel 3 → 5']);
    expect(layerLabels(withOption(0, { useBias: false }))).toEqual(['Conv2D bias on → off']);
  });

  test('writes a penalty of several layers once', () => {
    const labels = layerLabels((layers) => layers.map((layer) => ('l2' in layer ? { ...layer, l2: 0.0001 } : layer)));
    expect(labels).toEqual(['+L2 1e-4 ×3']);
  });

  test('finds a layer again that was pasted under another id', () => {
    expect(layerLabels(withOption(3, { id: 'pasted', units: 50 }))).toEqual(['Dense 100 → 50']);
  });

  test('names a residual block as one, and a shortcut that starts elsewhere', () => {
    const edits = blockEdits(network, FASHION_MNIST, 1, 'residual', { filters: 32, downsample: false });
    const residual = edits.reduce(applyEdit, network);
    expect(runDiff(base, { ...base, network: residual })).toEqual(['+Residual block']);
    expect(runDiff({ ...base, network: residual }, base)).toEqual(['−Residual block']);
    const moved = residual.layers.map((layer) => (layer.kind === 'add' ? { ...layer, from: 'input' } : layer));
    expect(runDiff({ ...base, network: residual }, { ...base, network: { layers: moved } })).toEqual([
      'shortcut moved',
    ]);
  });

  test('says so when layers only moved', () => {
    expect(layerLabels(([conv, pool, ...rest]) => (conv && pool ? [pool, conv, ...rest] : rest))).toEqual([
      'layers moved',
    ]);
  });

  test('does not list the differences of networks that have little in common', () => {
    const many = Array.from({ length: 7 }, (_, i) => createLayer('dense', `extra-${i}`, { units: 8 + i }));
    expect(layerLabels((layers) => layers.toSpliced(3, 0, ...many))).toEqual(['another network']);
    expect(runDiff(base, { ...base, network: malcaSitalkilDense.network })).toEqual([
      '−Conv2D 32',
      '−MaxPooling2D 2',
      'Dense 100 → 512',
      'Dense heUniform → glorotUniform',
    ]);
  });
});

describe('a change of the recipe', () => {
  test.each<[Partial<Recipe>, string, Partial<Recipe>?]>([
    [{ learningRate: 3e-4 }, 'lr 1e-3 → 3e-4'],
    [{ learningRate: 0.05 }, 'lr 1e-3 → 0.05'],
    [{ trainingImages: 3000 }, 'images 30,000 → 3,000', { trainingImages: 30_000 }],
    [{ batchSize: 128 }, 'batch 32 → 128'],
    [{ epochs: 30 }, 'epochs 15 → 30'],
    [{ seed: 7 }, 'seed 42 → 7'],
    [{ optimizer: OPTIMIZERS.sgd.defaults }, 'Adam → SGD'],
    [{ optimizer: { kind: 'adam', beta1: 0.5, beta2: 0.999, epsilon: 1e-7 } }, 'beta 1 0.9 → 0.5'],
    [
      { optimizer: { kind: 'momentum', momentum: 0.9, nesterov: true } },
      '+Nesterov',
      { optimizer: OPTIMIZERS.momentum.defaults },
    ],
    [{ schedule: SCHEDULES.cosine.defaults }, '+Cosine schedule'],
    [{ schedule: SCHEDULES.constant.defaults }, '−One cycle schedule', { schedule: SCHEDULES.oneCycle.defaults }],
    [{ schedule: SCHEDULES.step.defaults }, 'Cosine → step schedule', { schedule: SCHEDULES.cosine.defaults }],
    [
      { schedule: { kind: 'cosine', finalShare: 0.1 } },
      'ends at 0 → 0.1',
      { schedule: { kind: 'cosine', finalShare: 0 } },
    ],
    [{ weightDecay: 1e-4 }, '+Weight decay 1e-4'],
    [{ weightDecay: 0 }, '−Weight decay', { weightDecay: 1e-4 }],
    [{ clipNorm: 1 }, '+Clip 1'],
    [{ clipNorm: null }, '−Clip', { clipNorm: 1 }],
    [{ loss: 'meanSquaredError' }, 'cross-entropy → mean squared error'],
    [{ labelSmoothing: 0.1 }, '+Label smoothing 0.1'],
    [{ classWeights: 'balanced' }, '+Class weights'],
    [{ classWeights: 'none' }, '−Class weights', { classWeights: 'balanced' }],
    [{ weightAveraging: 0.99 }, '+Average weights 0.99'],
    [{ testTimeFlip: true }, '+Test-time flip'],
    [{ labelNoise: 0.2 }, '+Label noise 20\u202f%'],
    [{ validationSplit: 0.1 }, 'validation 20\u202f% → 10\u202f%'],
    [{ validateOn: 'test' }, 'validation 20\u202f% → test set'],
    [{ validationSplit: 0 }, 'validation 20\u202f% → none'],
    [{ earlyStopping: { patience: 3, restoreBest: true } }, '+Early stopping 3'],
    [
      { earlyStopping: { patience: 3, restoreBest: false } },
      '−Best weights',
      { earlyStopping: { patience: 3, restoreBest: true } },
    ],
    [{ augmentation: { ...NO_AUGMENTATION, flip: true } }, '+Flip'],
    [
      { augmentation: { ...NO_AUGMENTATION, flip: true, alternate: true } },
      '+Alternating flip',
      { augmentation: { ...NO_AUGMENTATION, flip: true } },
    ],
    [{ augmentation: { ...NO_AUGMENTATION, shift: 2 } }, '+Shift 2'],
    [{ augmentation: { ...NO_AUGMENTATION, erase: 0.5 } }, '+Erase 50\u202f%'],
    [
      { augmentation: { ...NO_AUGMENTATION, rotation: 15 } },
      'Rotation 10° → 15°',
      { augmentation: { ...NO_AUGMENTATION, rotation: 10 } },
    ],
  ])('%j reads %s', (values, label, before) => {
    expect(recipeLabels(values, before)).toEqual([label]);
  });

  test('from Adam to AdamW shows the decay that comes with it', () => {
    expect(recipeLabels({ optimizer: OPTIMIZERS.adamw.defaults })).toEqual(['Adam → AdamW', '+Weight decay 4e-3']);
  });
});

test('the most telling change comes first, and the seed last', () => {
  const layers = network.layers.toSpliced(4, 0, createLayer('dropout', 'd', { rate: 0.25 }));
  const recipe = { ...DEFAULT_RECIPE, seed: 1, trainingImages: 30_000, learningRate: 3e-4 };
  const labels = runDiff(base, { ...base, network: { layers }, recipe });
  expect(diffText(labels)).toBe('+Dropout 0.25 · lr 1e-3 → 3e-4 · images 60,000 → 30,000 · seed 42 → 1');
});
