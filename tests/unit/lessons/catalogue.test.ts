import { describe, expect, test } from 'vitest';
import { FIGURES, type MeasuredRun } from '../../../src/core/lessons/figures.ts';
import { withChosen } from '../../../src/core/lessons/outcome.ts';
import { isUsual } from '../../../src/core/lessons/usual.ts';
import { recipeProblems } from '../../../src/core/training/recipe-problems.ts';
import type { Setup } from '../../../src/core/training/setup.ts';
import { LESSONS } from '../../../src/lessons/catalogue.ts';
import { lessonOf } from '../../../src/lessons/lesson-of.ts';

/** What the lessons are about, by their ids. */
const SUBJECTS = [
  'first-network',
  'convolution',
  'learning-rate',
  'batch-size',
  'overfitting',
  'width',
  'batch-normalisation',
  'dropout-comma',
  'thresholds',
  'test-set',
  'label-noise',
  'transfer',
  'attention',
  'rare-rain',
  'flatten',
  'more-epochs',
];

/** A run whose network answers as by chance from its first epoch to its last. */
function unlearned({ dataset, recipe }: Setup): MeasuredRun {
  const classes = dataset.classes.length;
  const judged = { loss: Math.log(classes), accuracy: 1 / classes };
  const labels = Uint8Array.from({ length: 10 * classes }, (_, i) => i % classes);
  return {
    epochs: Array.from({ length: recipe.epochs }, () => ({ trainSample: judged, validation: judged })),
    losses: new Float32Array(10 * recipe.epochs).fill(judged.loss),
    test: judged,
    answers: { labels, classes, probabilities: new Float32Array(labels.length * classes).fill(1 / classes) },
    seconds: 1,
  };
}

test('each subject has its lesson, and no lesson has another', () => {
  expect(LESSONS.map(({ id }) => id).sort()).toEqual([...SUBJECTS].sort());
});

test('there are lessons, each with an id of its own', () => {
  expect(LESSONS.length).toBeGreaterThanOrEqual(12);
  expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(LESSONS.length);
});

describe.each(LESSONS)('$title', (lesson) => {
  const runs = [...lesson.runs, lesson.change.run];
  const setups = runs.flatMap(({ setup, shortSetup }) => [setup, shortSetup]);

  test('its recipes are within their limits', () => {
    for (const { recipe, dataset } of setups) expect(recipeProblems(recipe, dataset)).toEqual({});
  });

  test('its texts and outcomes speak of runs and figures that there are', () => {
    const ids = runs.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const texts = [lesson.question, lesson.prompt, lesson.why, lesson.change.text, lesson.learned];
    const named = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\.(\w+)\}/g)]);
    for (const [, run = '', figure = ''] of named) {
      expect([...lesson.runs.map(({ id }) => id), 'chosen']).toContain(run);
      expect(FIGURES).toContain(figure);
    }
    const { prediction, change } = lesson;
    const decided = prediction.kind === 'options' ? prediction.outcomes.flatMap(({ when }) => when) : prediction.usual;
    const figures = [...decided, ...lesson.shows, ...change.shows].flatMap(({ left, right }) => [left, right]);
    for (const figure of figures) if (typeof figure === 'object') expect([...ids, 'chosen']).toContain(figure.run);
    expect(change.shows.length).toBeGreaterThan(0);
    expect(lesson.learned).toMatch(/\{\w+\.\w+\}/);
  });

  test('its explanation does not hold where nothing was learned and nothing makes a difference', () => {
    const same = new Map(lesson.runs.map(({ id, setup }) => [id, unlearned(setup)]));
    expect(isUsual(lesson, withChosen([...same.keys()], same))).toBe(false);
  });

  test('its runs differ, and are of one data set but for those that give their weights to others', () => {
    expect(new Set(runs.map(({ setup, from }) => JSON.stringify([setup, from]))).size).toBe(runs.length);
    const sources = new Set(runs.map(({ from }) => from));
    const compared = runs.filter(({ id }) => !sources.has(id)).flatMap((run) => [run.setup, run.shortSetup]);
    expect(new Set(compared.map(({ dataset }) => dataset)).size).toBe(1);
  });
});

describe('a lesson that is not well made is refused', () => {
  const text = '# T\n## Question\nq\n## Predict\np\n- a: A\n- b: B\n## Why\nw\n## Change one thing\nc\n## Learned\nl\n';
  const network = [
    { kind: 'flatten', id: 'f' },
    { kind: 'dense', id: 'd', units: 10, activation: 'softmax' },
  ];
  const run = { id: 'run', name: 'Run' };
  const good = {
    minutes: 1,
    dataset: 'fashion-mnist',
    network,
    recipe: {},
    runs: [run],
    outcomes: [
      { option: 'a', when: [['run.gap', 'above', 0]] },
      { option: 'b', when: [] },
    ],
    usual: 'a',
    change: { ...run, id: 'other', recipe: { epochs: 2 } },
  };

  test('and one that is, is not', () =>
    expect(lessonOf('t', text, good).prediction).toMatchObject({ options: [{ id: 'a' }, { id: 'b' }] }));

  const sketchText = text.replace('- a: A\n- b: B\n', '');
  const sketch = { run: 'run', figure: 'loss', most: 1, usual: [] };
  const { outcomes: _, usual: __, ...sketched } = good;

  test('a curve can be sketched instead', () => {
    const { prediction } = lessonOf('t', sketchText, { ...sketched, sketch });
    expect(prediction).toEqual({ kind: 'sketch', ...sketch });
  });

  test.each([
    ['of a run that there is not', sketchText, { sketch: { ...sketch, run: 'other' } }, 'no run other'],
    ['beside options', text, { sketch }, 'has no options'],
    ['that slow devices have not', sketchText, { sketch, short: { epochs: 3 } }, 'has other epochs'],
    ['that is missing', sketchText, {}, 'nothing to predict'],
  ])('a sketch %s', (_name, words, change, message) =>
    expect(() => lessonOf('t', words, { ...sketched, ...change })).toThrow(message),
  );

  test('slow devices train what is short', () => {
    const short = { trainingImages: 500 };
    const { runs, change } = lessonOf('t', text, { ...good, short, change: { ...good.change, short: { epochs: 1 } } });
    expect(runs[0]?.shortSetup.recipe).toEqual({ ...runs[0]?.setup.recipe, ...short });
    expect(change.run.shortSetup.recipe).toEqual({ ...change.run.setup.recipe, ...short, epochs: 1 });
  });

  test.each([
    ['an unknown data set', { dataset: 'nowhere' }, 'there is no data set nowhere'],
    [
      'an unknown figure',
      {
        outcomes: [
          { option: 'a', when: [['run.luck', 'above', 0]] },
          { option: 'b', when: [] },
        ],
      },
      'luck',
    ],
    [
      'an option without an outcome',
      {
        outcomes: [
          { option: 'a', when: [['run.gap', 'above', 0]] },
          { option: 'a', when: [] },
        ],
      },
      'not the same',
    ],
    [
      'no last outcome',
      {
        outcomes: [
          { option: 'b', when: [] },
          { option: 'a', when: [['run.gap', 'above', 0]] },
        ],
      },
      'must hold always',
    ],
    ['weights of a run that is not trained before', { runs: [{ ...run, from: 'other' }] }, 'no run other'],
    ['a usual outcome that cannot be predicted', { usual: 'c' }, 'none of the options'],
    ['a network that does not fit', { network: network.slice(0, 1) }, 'Run: '],
    ['a layer that there is not', { network: [{ kind: 'magic', id: 'm' }] }, 'unknown kind'],
  ])('%s', (_name, change, message) => expect(() => lessonOf('t', text, { ...good, ...change })).toThrow(message));
});

/** Words that a reader takes in within a minute where there is something to think about. */
const WORDS_A_MINUTE = 200;
/** Minutes for an answer in own words. */
const WRITING = 0.5;

/** About how many minutes a lesson takes, where each of its runs, that with the change included, takes so many. */
function minutesOf(lesson: (typeof LESSONS)[number], runMinutes: number): number {
  const { question, prompt, prediction, why, change, learned, runs } = lesson;
  const options = prediction.kind === 'options' ? prediction.options.map(({ text }) => text) : [];
  const words = [question, prompt, ...options, why, change.text, learned].join(' ').split(/\s+/).length;
  return words / WORDS_A_MINUTE + WRITING + (runs.length + 1) * runMinutes;
}

test('the first five take less than half an hour, even where each run takes the minute that it may at most', () => {
  const minutes = LESSONS.slice(0, 5).map((lesson) => minutesOf(lesson, 1));
  expect(minutes.reduce((sum, each) => sum + each, 0)).toBeLessThan(30);
});

test('any of them takes less than six minutes where a run takes half a minute', () => {
  for (const lesson of LESSONS) expect(minutesOf(lesson, 0.5), lesson.id).toBeLessThan(6);
});
