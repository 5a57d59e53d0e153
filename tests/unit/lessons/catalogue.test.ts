import { describe, expect, test } from 'vitest';
import { FIGURES } from '../../../src/core/lessons/outcome.ts';
import { recipeProblems } from '../../../src/core/training/recipe-problems.ts';
import { LESSONS } from '../../../src/lessons/catalogue.ts';
import { lessonOf } from '../../../src/lessons/lesson-of.ts';

test('there are lessons, each with an id of its own', () => {
  expect(LESSONS.length).toBeGreaterThanOrEqual(7);
  expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(LESSONS.length);
});

describe.each(LESSONS)('$title', (lesson) => {
  const runs = [...lesson.runs, lesson.change.run];

  test('its recipes are within their limits', () => {
    for (const { setup } of runs) expect(recipeProblems(setup.recipe, setup.dataset)).toEqual({});
  });

  test('its texts and outcomes speak of runs and figures that there are', () => {
    const ids = runs.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const texts = [lesson.question, lesson.prediction, lesson.why, lesson.change.text, lesson.learned];
    const named = texts.flatMap((text) => [...text.matchAll(/\{(\w+)\.(\w+)\}/g)]);
    for (const [, run = '', figure = ''] of named) {
      expect(lesson.runs.map(({ id }) => id)).toContain(run);
      expect(FIGURES).toContain(figure);
    }
    const figures = lesson.outcomes.flatMap(({ when }) => when.flatMap(({ left, right }) => [left, right]));
    for (const figure of figures) if (typeof figure === 'object') expect(ids).toContain(figure.run);
    expect(lesson.learned).toMatch(/\{\w+\.\w+\}/);
  });

  test('its runs differ, and are of one data set', () => {
    expect(new Set(runs.map(({ setup }) => JSON.stringify(setup))).size).toBe(runs.length);
    expect(new Set(runs.map(({ setup }) => setup.dataset)).size).toBe(1);
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
    change: { ...run, id: 'other', recipe: { epochs: 2 } },
  };

  test('and one that is, is not', () => expect(lessonOf('t', text, good).options).toHaveLength(2));

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
    ['a network that does not fit', { network: network.slice(0, 1) }, 'Run: '],
    ['a layer that there is not', { network: [{ kind: 'magic', id: 'm' }] }, 'unknown kind'],
  ])('%s', (_name, change, message) => expect(() => lessonOf('t', text, { ...good, ...change })).toThrow(message));
});
