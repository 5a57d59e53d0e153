import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../../src/core/network/cost.ts';
import { analyse } from '../../../../src/core/network/graph.ts';
import { recipeProblems } from '../../../../src/core/training/recipe-problems.ts';
import { aboutPreset, presetById } from '../../../../src/datasets/catalogue.ts';
import { FASHION_MNIST_PRESETS } from '../../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

/** Parameters, trained and not, as Keras 3.15.1 counts them. */
const PARAMETERS: Readonly<Record<string, number>> = {
  'ciutacu-cnn': 542_230,
  'malca-sitalkil-base': 623_290,
  'malca-sitalkil-128': 101_770,
  'malca-sitalkil-512': 407_050,
  'elvland-vgg': 584_170,
  'elvland-dropout': 584_170,
  'elvland-dropout-as-written': 584_170,
  'cecchetti-dense': 20_037_642,
  'cecchetti-cnn-128': 10_075_914,
  'cecchetti-cnn-256': 21_286_410,
  'cecchetti-cnn-512': 47_246_346,
  'cecchetti-cnn-1024': 113_321_994,
  'cecchetti-batch-norm': 10_077_834,
  'cecchetti-dropout': 10_075_914,
  'cecchetti-flips': 10_075_914,
  'cecchetti-crops': 10_075_914,
  'cecchetti-resnet18': 11_182_410,
  'small-resnet': 305_242,
  'fast-residual': 305_242,
  'small-vision-transformer': 71_946,
  'overfitting-demo': 669_706,
};

/** What a preset shows on purpose. */
const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  'elvland-dropout-as-written': ['no-effect', 'no-effect', 'no-effect'],
};

describe('presets', () => {
  test.each(FASHION_MNIST_PRESETS)(
    '$id builds, has its parameters, fits, and can be trained',
    ({ id, network, recipe }) => {
      const { graph, totals, issues } = analyse(network, FASHION_MNIST);
      expect(issues.map(({ code }) => code)).toEqual(WARNINGS[id] ?? []);
      expect(graph).not.toBeNull();
      expect(totals.trainable + totals.nonTrainable).toBe(PARAMETERS[id]);
      expect(recipeProblems(recipe, FASHION_MNIST)).toEqual({});
      expect(refusalOf(network, FASHION_MNIST, recipe)).toBeNull();
    },
  );

  test('are all that are counted here, with ids of their own, and are found by them', () => {
    expect(FASHION_MNIST_PRESETS.map((preset) => preset.id)).toEqual(Object.keys(PARAMETERS));
    for (const preset of FASHION_MNIST_PRESETS) expect(presetById(FASHION_MNIST, preset.id)).toBe(preset);
    expect(presetById(FASHION_MNIST, 'nobody')).toBeUndefined();
  });

  test('start with the network of Ciutacu', () => {
    expect(FASHION_MNIST_PRESETS[0].id).toBe('ciutacu-cnn');
  });

  test.each(FASHION_MNIST_PRESETS)('$id says whose it is, what it did, and reports fractions', async (preset) => {
    const { reported } = preset;
    const { source, note } = await aboutPreset(preset);
    expect(source.length).toBeGreaterThan(5);
    expect(note).toMatch(/^[A-Z].*\.$/);
    for (const figure of [reported.trainAccuracy, reported.testAccuracy]) {
      if (figure !== null) expect(figure > 0 && figure < 1).toBe(true);
    }
  });

  test('of one group stand together', () => {
    const groups = FASHION_MNIST_PRESETS.map(({ group }) => group);
    const changes = groups.filter((group, i) => i === 0 || group !== groups[i - 1]);
    expect(changes).toEqual([...new Set(groups)]);
  });
});

describe('the recipes', () => {
  const recipeOf = (id: string) => presetById(FASHION_MNIST, id)?.recipe;

  test('are those of the reports', () => {
    expect(recipeOf('ciutacu-cnn')).toMatchObject({ optimizer: { kind: 'adam' }, batchSize: 32, epochs: 15 });
    expect(recipeOf('malca-sitalkil-base')).toMatchObject({ optimizer: { kind: 'sgd' }, batchSize: 32, epochs: 5 });
    expect(recipeOf('malca-sitalkil-512')).toMatchObject({ optimizer: { kind: 'adam' }, batchSize: 32, epochs: 15 });
    expect(recipeOf('elvland-vgg')).toMatchObject({ batchSize: 128, epochs: 50, validationSplit: 0.2 });
    expect(recipeOf('cecchetti-flips')).toMatchObject({ epochs: 20, augmentation: { flip: true, shift: 0 } });
    expect(recipeOf('cecchetti-crops')).toMatchObject({ epochs: 20, augmentation: { flip: false, shift: 4 } });
  });

  test('of the overfitting demo trains few images by a large network', () => {
    expect(recipeOf('overfitting-demo')).toMatchObject({ trainingImages: 1000, seed: 42 });
  });
});
