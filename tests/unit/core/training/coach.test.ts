import { describe, expect, test } from 'vitest';
import { createLayer } from '../../../../src/core/network/network.ts';
import { coach } from '../../../../src/core/training/coach/coach.ts';
import { gapOf, recentFall, wiggleOf } from '../../../../src/core/training/coach/measures.ts';
import type { Observation } from '../../../../src/core/training/coach/verdict.ts';
import { courseOf } from '../../../../src/core/training/loss-course.ts';
import type { Recipe } from '../../../../src/core/training/recipe.ts';
import { DEFAULT_RECIPE } from '../../../../src/datasets/fashion-mnist/presets/base.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { epochsOf, recorded } from './recorded.ts';

/** A run of Ciutacu's network: 12,000 validation images, 100 steps an epoch, a loss that falls. */
function run(epochs: Observation['epochs'], recipe: Partial<Recipe> = {}): Observation {
  return {
    setup: { dataset: FASHION_MNIST, network: ciutacuCnn.network, recipe: { ...DEFAULT_RECIPE, ...recipe } },
    epochs,
    losses: courseOf(Float32Array.from({ length: 100 * epochs.length }, (_, i) => 2.3 / (1 + i / 100))),
    stepsPerEpoch: 100,
    ended: true,
  };
}

/** The kinds of verdict after each epoch of a recorded run. */
function kindsOf(name: string): readonly string[] {
  const { whole, after } = recorded(name);
  return whole.epochs.map((_, i) => coach(after(i + 1)).kind);
}

describe('recorded runs', () => {
  test('overfitting: the gap is named once it is real, and overfitting once validation is worse', () => {
    const kinds = kindsOf('overfit');
    expect(kinds.indexOf('gap') + 1).toBe(11);
    expect(kinds.indexOf('overfitting') + 1).toBe(17);
    expect(kinds.slice(16)).toEqual(new Array(9).fill('overfitting'));
    expect(coach(recorded('overfit').whole)).toMatchObject({
      kind: 'overfitting',
      tone: 'overfitting',
      title: 'Overfitting since epoch 12',
      sentence:
        'training sample 99.5\u202f%, validation 84.5\u202f%. It memorises the training images and gets worse on new ones.',
      bestEpoch: 12,
      gapSince: 12,
    });
  });

  test('a gap with validation still at its best is a gap, not worse', () => {
    const verdict = coach(recorded('gap').whole);
    expect(verdict).toMatchObject({ kind: 'gap', title: 'A gap of 6.1\u202fpt', bestEpoch: 12, gapSince: 3 });
  });

  test('healthy: still learning to the last epoch, and then fits well', () => {
    expect(kindsOf('healthy')).toEqual(['tooEarly', ...new Array(7).fill('stillLearning')]);
    const verdict = coach(recorded('healthy').whole);
    expect(verdict).toMatchObject({ kind: 'fitsWell', tone: 'good', bestEpoch: 8, gapSince: null });
    expect(verdict.fixes).toEqual([{ kind: 'epochs', epochs: 16 }]);
  });

  test('learning: a run that ends while it still improves and is not good yet has not underfitted', () => {
    expect(coach(recorded('learning').whole)).toMatchObject({
      kind: 'stillLearning',
      sentence:
        'training sample 81.5\u202f%, validation 80.4\u202f%. It was still improving when the run ended; give it more time.',
    });
  });

  test('underfitting: a network that is too small stops improving, one that is too slow does not', () => {
    const narrow = coach(recorded('underfit-narrow').whole);
    expect(narrow).toMatchObject({ kind: 'underfitting', fixes: [{ kind: 'networkSize' }, { kind: 'learningRate' }] });
    expect(narrow.sentence).toMatch(/it has stopped improving\.$/);
    const slow = coach(recorded('underfit-slow').whole);
    expect(slow).toMatchObject({ kind: 'underfitting', fixes: [{ kind: 'learningRate', rate: 0.009 }, {}, {}] });
    expect(slow.sentence).toMatch(/and it learns slowly\.$/);
    expect(kindsOf('underfit-slow').indexOf('underfitting') + 1).toBe(6);
  });

  test('noisy: a wiggle is never taken for overfitting', () => {
    expect(kindsOf('noisy')).not.toContain('overfitting');
    expect(kindsOf('noisy')).not.toContain('gap');
    expect(kindsOf('noisy-large').slice(0, 9)).not.toContain('overfitting');
    const verdict = coach(recorded('noisy').whole);
    expect(verdict).toMatchObject({ kind: 'noisy', title: 'Too noisy to tell', gapSince: null });
    expect(verdict.sentence).toContain('on 50 images jumps by about 31\u202f%');
    expect(verdict.fixes.map(({ kind }) => kind)).toEqual(['learningRate', 'batchSize', 'trainingImages']);
  });

  test('diverging: the step at which the loss was lost, or how many times its start it is', () => {
    expect(coach(recorded('diverging').whole)).toMatchObject({
      kind: 'diverged',
      tone: 'broken',
      sentence: 'the loss was no longer a number at step 25. The learning rate 1 is too high.',
      bestEpoch: null,
      fixes: [
        { kind: 'learningRate', rate: 0.1 },
        { kind: 'clipNorm', norm: 1 },
      ],
    });
    expect(kindsOf('diverging-finite')).toEqual(['diverged', 'diverged', 'diverged']);
    expect(coach(recorded('diverging-finite').whole).sentence).toMatch(/^the loss is 22 times what it was/);
  });

  test('dead units: named from the second epoch on, with the rate that killed them', () => {
    expect(kindsOf('dead')).toEqual(['tooEarly', ...new Array(4).fill('deadUnits')]);
    const verdict = coach(recorded('dead').whole);
    expect(verdict.sentence).toContain('which is right 9.3\u202f% of the time, no better than chance');
    expect(verdict.sentence).toContain('The first steps at learning rate 0.3 were so large that its relu units');
    expect(verdict.fixes).toEqual([{ kind: 'learningRate', rate: 0.03 }, { kind: 'leakyRelu' }]);
  });
});

test('a run that ended with the weights of its best epoch is judged by the epochs up to it', () => {
  const { whole } = recorded('overfit');
  expect(coach({ ...whole, restoredEpoch: 6 })).toMatchObject({ kind: 'unclear', bestEpoch: 6 });
  const { whole: healthy } = recorded('healthy');
  const worse = healthy.epochs.map((epoch) => ({ ...epoch, epoch: epoch.epoch + 8 }));
  expect(coach({ ...healthy, epochs: [...healthy.epochs, ...worse], restoredEpoch: 8 })).toMatchObject({
    kind: 'fitsWell',
    bestEpoch: 8,
  });
});

test('a run that early stopping ended is not told to train for longer', () => {
  const better = [...epochsOf([0.9, 0.7, 0.9, 0.69], [0.7, 0.76, 0.72, 0.74], [0.6, 0.8, 0.64, 0.77])];
  const ended = run(better);
  expect(coach(ended).kind).toBe('stillLearning');
  const stopped = coach({ ...ended, restoredEpoch: 3 });
  expect(stopped.kind).not.toBe('stillLearning');
  expect(`${stopped.sentence} ${JSON.stringify(stopped.fixes)}`).not.toMatch(/more time|more epochs|"epochs"/);
});

test('the remedies for a large gap are the strongest first, each once, and none that is there already', () => {
  const { whole } = recorded('overfit');
  const kinds = ['augmentation', 'dropout', 'trainingImages', 'networkSize', 'earlyStopping', 'l2'];
  expect(coach(whole).fixes.map(({ kind }) => kind)).toEqual(kinds);
  expect(coach(whole).fixes[1]).toEqual({ kind: 'dropout', rate: 0.5 });
  expect(coach(recorded('gap').whole).fixes[1]).toEqual({ kind: 'dropout', rate: 0.25 });
  const { recipe } = whole.setup;
  const flipped = { ...whole.setup, recipe: { ...recipe, augmentation: { ...recipe.augmentation, flip: true } } };
  expect(coach({ ...whole, setup: flipped }).fixes.map(({ kind }) => kind)).toEqual(kinds.slice(1));
});

describe('without enough to go by', () => {
  test('nothing is said before the first epoch is over', () => {
    expect(coach({ ...run([]), ended: false })).toMatchObject({ kind: 'tooEarly', bestEpoch: null });
  });

  test('a run without validation images is told so, and offered some', () => {
    const epochs = [{ epoch: 1, trainSample: null, validation: null }];
    const verdict = coach(run(epochs, { validationSplit: 0 }));
    expect(verdict.kind).toBe('noValidation');
    expect(verdict.fixes).toEqual([{ kind: 'validationSplit', share: 0.2 }]);
  });

  test('test images are not looked at, however clear their curve', () => {
    const clear = epochsOf([0.5, 0.82, 0.5, 0.81], [0.3, 0.9, 0.6, 0.8], [0.1, 0.99, 0.8, 0.79], [0.01, 1, 0.9, 0.78]);
    expect(coach(run(clear)).kind).toBe('overfitting');
    expect(coach(run(clear, { validateOn: 'test' }))).toMatchObject({
      kind: 'noValidation',
      bestEpoch: null,
      gapSince: null,
    });
  });

  test('a blown-up run is told so, validated or not', () => {
    const lost = {
      ...run([], { validationSplit: 0 }),
      losses: courseOf(Float32Array.of(2.3, Number.POSITIVE_INFINITY)),
    };
    expect(coach(lost).sentence).toMatch(/at step 2\. /);
  });
});

describe('limits of the rules', () => {
  const falling: readonly [number, number, number, number][] = [
    [0.5, 0.82, 0.5, 0.82],
    [0.4, 0.86, 0.42, 0.85],
    [0.3, 0.9, 0.4, 0.86],
  ];
  const worse: [number, number, number, number] = [0.2, 0.93, 0.43, 0.86];

  test('two epochs after the best are too few for overfitting, three are enough', () => {
    const early = run(epochsOf(...falling, worse, worse));
    expect(coach({ ...early, ended: false }).kind).not.toBe('overfitting');
    expect(coach(run(epochsOf(...falling, worse, worse, worse)))).toMatchObject({ kind: 'overfitting', bestEpoch: 3 });
  });

  test('4 % above the best is not worse yet', () => {
    const near: [number, number, number, number] = [0.2, 0.93, 0.416, 0.86];
    expect(coach(run(epochsOf(...falling, near, near, near))).kind).toBe('gap');
  });

  test('a rise of both losses is not overfitting: training must go on improving', () => {
    const both: [number, number, number, number] = [0.45, 0.93, 0.6, 0.86];
    expect(coach(run(epochsOf(...falling, both, both, both))).kind).not.toBe('overfitting');
  });

  test('the same gap is real on 12,000 images and chance on 20', () => {
    const epochs = epochsOf(...falling, worse, worse, worse);
    expect(coach(run(epochs)).gapSince).toBe(3);
    const few = coach(run(epochs, { trainingImages: 100 }));
    expect(few).toMatchObject({ kind: 'unclear', gapSince: null });
    expect(few.sentence).toContain('A gap of 7.0\u202fpt may be chance with 20 validation images');
  });

  test('a single spike of the loss does not blow up a run', () => {
    const calm = run(epochsOf(...falling));
    const spiked = { ...calm, losses: courseOf(calm.losses.newest.map((loss, i) => (i > 290 && i < 295 ? 50 : loss))) };
    expect(coach(spiked).kind).not.toBe('diverged');
    const lasting = { ...calm, losses: courseOf(calm.losses.newest.map((loss, i) => (i > 280 ? 7 : loss))) };
    expect(coach(lasting).kind).toBe('diverged');
  });

  test('a gap that chance may explain is that of the last epoch, as everywhere, and beside it the mean that is judged', () => {
    const epochs = epochsOf([0.3, 0.9, 0.4, 0.86], [0.3, 0.9, 0.42, 0.85], [0.3, 0.9, 0.41, 0.84]);
    const sentence = (count: number) => coach(run(epochs.slice(0, count), { trainingImages: 500 })).sentence;
    expect(sentence(3)).toContain('A gap of 6.0\u202fpt, 5.0\u202fpt on average over 3 epochs, may be chance');
    expect(sentence(1)).toContain('A gap of 4.0\u202fpt may be chance');
  });

  test('a network whose loss was thrown up is not told to take larger steps', () => {
    const poor = epochsOf([2.1, 0.2, 2.1, 0.2], [2, 0.23, 2, 0.2], [2, 0.23, 2.2, 0.2]);
    const calm = run(poor, { learningRate: 1 });
    expect(coach(calm).fixes).toContainEqual({ kind: 'learningRate', rate: 3 });
    const thrown = coach({ ...calm, losses: courseOf(calm.losses.newest.map((loss, i) => (i === 3 ? 40 : loss))) });
    expect(thrown.sentence).toContain('Its loss once rose to 17 times the first one: the learning rate 1 is too high.');
    expect(thrown.fixes).toEqual([
      { kind: 'learningRate', rate: 0.1 },
      { kind: 'clipNorm', norm: 1 },
    ]);
  });

  test('a slow start is not taken for dead units', () => {
    const slow = epochsOf([2.28, 0.11, 2.28, 0.11], [2.26, 0.1, 2.26, 0.1]);
    expect(coach(run(slow)).kind).not.toBe('deadUnits');
  });

  test('a loss above that of chance that falls, or a few steps, are not taken for dead units', () => {
    const falling = epochsOf([2.39, 0.1, 2.39, 0.1], [2.36, 0.1, 2.36, 0.1]);
    expect(coach(run(falling)).kind).toBe('underfitting');
    const standing = epochsOf([2.36, 0.1, 2.36, 0.1], [2.36, 0.1, 2.36, 0.1]);
    expect(coach(run(standing)).kind).toBe('deadUnits');
    expect(coach({ ...run(standing), losses: courseOf(Float32Array.of(2.4, 2.39, 2.36)) }).kind).toBe('underfitting');
  });

  test('weights that all start the same are named as what keeps it from learning', () => {
    const stuck = epochsOf([2.31, 0.1, 2.31, 0.1], [2.31, 0.1, 2.31, 0.1]);
    const layers = ciutacuCnn.network.layers.map((layer) =>
      layer.kind === 'dense' ? createLayer('dense', layer.id, { ...layer, kernelInitializer: 'zeros' }) : layer,
    );
    const verdict = coach({
      ...run(stuck),
      setup: { dataset: FASHION_MNIST, network: { layers }, recipe: DEFAULT_RECIPE },
    });
    expect(verdict.sentence).toContain('start them at random');
    expect(verdict.fixes[0]).toEqual({ kind: 'initializer', initializer: 'heUniform' });
  });

  test('label noise lowers what training can reach, and what counts as underfitting', () => {
    const standing = new Array<[number, number, number, number]>(6).fill([1.2, 0.7, 0.6, 0.87]);
    expect(coach(run(epochsOf(...standing))).kind).toBe('underfitting');
    expect(coach(run(epochsOf(...standing), { labelNoise: 0.2 })).kind).toBe('fitsWell');
  });
});

describe('the measures', () => {
  test('a straight line has no wiggle, however steep; alternation by 0.1 has one of 0.12', () => {
    expect(wiggleOf([1, 0.8, 0.6, 0.4])).toBeCloseTo(0, 12);
    // Second differences of ±0.2: 0.2 / 0.6745 / sqrt(6).
    expect(wiggleOf([1, 1.1, 1, 1.1, 1])).toBeCloseTo(0.12105, 5);
    expect(wiggleOf([1, 2])).toBe(0);
  });

  test('the margin of a gap is two standard errors, and two points at least', () => {
    const epochs = epochsOf([0, 0.9, 0, 0.8]).flatMap(({ epoch, trainSample, validation }) =>
      trainSample && validation ? [{ epoch, trainSample, validation }] : [],
    );
    // sqrt((0.9 * 0.1 + 0.8 * 0.2) / 100) = 0.05.
    expect(gapOf(epochs, 100).margin).toBeCloseTo(0.1, 12);
    expect(gapOf(epochs, 100).size).toBeCloseTo(0.1, 12);
    expect(gapOf(epochs, 12_000).margin).toBe(0.02);
  });

  test('the recent fall compares three epochs with the three before them', () => {
    expect(recentFall([9, 2, 2, 2, 1, 1, 1])).toBeCloseTo(0.5, 12);
    expect(recentFall([4, 3])).toBeCloseTo(0.25, 12);
    expect(recentFall([1])).toBe(0);
  });
});
