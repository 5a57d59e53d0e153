import { expect, test } from 'vitest';
import { areTooLong, shortenedText, sizedRuns } from '../../../../src/core/lessons/size.ts';
import { LESSONS } from '../../../../src/lessons/catalogue.ts';

test('a minute is not too long, and more is', () => {
  expect(areTooLong([3, 60])).toBe(false);
  expect(areTooLong([3, 61, 2])).toBe(true);
});

test('a slow device trains the short runs, that of the change too, and the lesson says what is shorter', () => {
  const lesson = LESSONS.find(({ id }) => id === 'overfitting');
  if (lesson === undefined) throw new Error('There is no such lesson.');
  expect(sizedRuns(lesson, false).map(({ setup }) => setup)).toEqual(
    [...lesson.runs, lesson.change.run].map(({ setup }) => setup),
  );
  const short = sizedRuns(lesson, true).map(({ setup: { recipe } }) => [recipe.trainingImages, recipe.epochs]);
  expect(short).toEqual([
    [1200, 10],
    [1200, 10],
    [1200, 10],
    [3600, 10],
    [3600, 10],
  ]);
  expect(shortenedText(lesson, 125)).toBe(
    'At the full size a run would take ~2\u202fmin on this device, so the runs are shorter: 1,200 instead of 2,000 images, 10 instead of 12 epochs, 3,600 instead of 6,000 images.',
  );
});
