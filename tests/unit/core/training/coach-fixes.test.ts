import { describe, expect, test } from 'vitest';
import { analyse } from '../../../../src/core/network/graph.ts';
import type { LayerSpec } from '../../../../src/core/network/layers/registry.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { applyFix, type CoachFix } from '../../../../src/core/training/coach/fixes.ts';
import { recipeProblems } from '../../../../src/core/training/recipe-problems.ts';
import { DEFAULT_RECIPE } from '../../../../src/datasets/fashion-mnist/presets/base.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const { network } = ciutacuCnn;
const setup = { dataset: FASHION_MNIST, network, recipe: { ...DEFAULT_RECIPE, trainingImages: 3000 } };

describe('a fix', () => {
  test.each<[CoachFix, string]>([
    [{ kind: 'dropout', rate: 0.25 }, '+Dropout 0.25'],
    [{ kind: 'augmentation', shift: 2 }, '+Flip and shift'],
    [{ kind: 'l2', l2: 1e-4 }, '+L2 1e-4'],
    [{ kind: 'trainingImages', images: 12_000 }, '+9,000 images'],
    [{ kind: 'networkSize', factor: 0.5 }, 'Smaller network'],
    [{ kind: 'networkSize', factor: 2 }, 'Larger network'],
    [{ kind: 'earlyStopping', patience: 3 }, '+Early stopping'],
    [{ kind: 'learningRate', rate: 1e-4 }, 'lr 1e-3 → 1e-4'],
    [{ kind: 'clipNorm', norm: 1 }, '+Clip 1'],
    [{ kind: 'epochs', epochs: 30 }, '15 → 30 epochs'],
    [{ kind: 'batchSize', images: 128 }, 'batch 32 → 128'],
    [{ kind: 'validationSplit', share: 0.1 }, 'validation 20\u202f% → 10\u202f%'],
    [{ kind: 'leakyRelu' }, 'relu → leakyRelu'],
  ])('%j reads %s and leaves a setup that can be trained', (fix, label) => {
    const fixed = applyFix(setup, fix);
    expect(fixed?.label).toBe(label);
    expect(fixed?.recipe.seed).toBe(setup.recipe.seed);
    if (fixed === null) return;
    expect(analyse(fixed.network, FASHION_MNIST).graph).not.toBeNull();
    expect(recipeProblems(fixed.recipe, FASHION_MNIST)).toEqual({});
    expect(applyFix(fixed, fix)?.label ?? 'nothing more to do').toBe(
      fix.kind === 'networkSize' ? label : 'nothing more to do',
    );
  });

  test('puts dropout before the output layer, and raises the rate of one that is there', () => {
    const once = applyFix(setup, { kind: 'dropout', rate: 0.25 });
    expect(once?.network.layers.map((layer) => layer.kind)).toEqual([
      'conv2d',
      'maxPooling2d',
      'flatten',
      'dense',
      'dropout',
      'dense',
    ]);
    const twice = once && applyFix(once, { kind: 'dropout', rate: 0.5 });
    expect(twice?.label).toBe('Dropout 0.25 → 0.5');
    expect(twice?.network.layers).toHaveLength(6);
  });

  test('puts dropout behind each hidden layer of a dense network, and before the output where there is none', () => {
    const dense = (id: string, units: number) => createLayer('dense', id, { units });
    const output = createLayer('dense', 'out', { units: 10, activation: 'softmax' });
    const deep = { layers: [createLayer('flatten', 'f'), dense('a', 64), dense('b', 32), output] };
    const kinds = (layers: readonly LayerSpec[]) =>
      applyFix({ ...setup, network: { layers } }, { kind: 'dropout', rate: 0.5 })?.network.layers.map(
        ({ kind }) => kind,
      );
    expect(kinds(deep.layers)).toEqual(['flatten', 'dense', 'dropout', 'dense', 'dropout', 'dense']);
    expect(kinds([createLayer('flatten', 'f'), output])).toEqual(['flatten', 'dropout', 'dense']);
  });

  test('raises the rate of a layer of any kind that drops values', () => {
    const spatial = createLayer('spatialDropout2d', 'spatial', { rate: 0.1 });
    const layers = [createLayer('dense', 'a', { units: 8 }), spatial, ...network.layers];
    const fixed = applyFix({ ...setup, network: { layers } }, { kind: 'dropout', rate: 0.5 });
    expect(fixed?.network.layers.slice(0, 3)).toEqual([layers[0], { ...spatial, rate: 0.5 }, layers[2]]);
  });

  test('switches on a dropout that stands there switched off', () => {
    const off = createLayer('dropout', 'dropout-1', { off: true, rate: 0.9 });
    const layers = network.layers.toSpliced(4, 0, { ...off, off: true });
    const fixed = applyFix({ ...setup, network: { layers } }, { kind: 'dropout', rate: 0.25 });
    expect(fixed?.network.layers[4]).toMatchObject({ kind: 'dropout', off: false, rate: 0.25 });
  });

  test('halves every layer but the output', () => {
    const fixed = applyFix(setup, { kind: 'networkSize', factor: 0.5 });
    const widths = fixed?.network.layers.flatMap((layer) =>
      layer.kind === 'dense' ? layer.units : layer.kind === 'conv2d' ? layer.filters : [],
    );
    expect(widths).toEqual([16, 50, 10]);
  });

  test('replaces weights that all start the same', () => {
    const layers = network.layers.with(0, createLayer('conv2d', 'conv2d-1', { kernelInitializer: 'zeros' }));
    const fixed = applyFix({ ...setup, network: { layers } }, { kind: 'initializer', initializer: 'heUniform' });
    expect(fixed?.network.layers[0]).toMatchObject({ kernelInitializer: 'heUniform' });
    expect(fixed?.label).toBe('Conv2D zeros → heUniform');
  });

  test('that would change nothing, or not fit, is none', () => {
    expect(applyFix(setup, { kind: 'initializer', initializer: 'heUniform' })).toBeNull();
    expect(applyFix(setup, { kind: 'learningRate', rate: 0.001 })).toBeNull();
    const all = { ...setup, recipe: { ...setup.recipe, trainingImages: 60_000 } };
    expect(applyFix(all, { kind: 'trainingImages', images: 240_000 })).toBeNull();
    const outputOnly = {
      layers: [createLayer('flatten', 'f'), createLayer('dense', 'd', { units: 10, activation: 'softmax' })],
    };
    expect(applyFix({ ...setup, network: outputOnly }, { kind: 'networkSize', factor: 2 })).toBeNull();
  });
});
