import { expect, test } from 'vitest';
import { lessonHash, lessonOfHash } from '../../../../src/core/lessons/lesson-reference.ts';

test('a lesson is named by the end of an address', () => {
  expect(lessonHash({ lesson: 'rare-rain' })).toBe('#lesson=rare-rain');
  for (const lesson of ['convolution', 'a & b', 'ü=#'])
    expect(lessonOfHash(lessonHash({ lesson }))).toEqual({ lesson });
});

test.each(['', '#', '#charts', '#lesson=', '#lessons=convolution'])('%j names none', (hash) => {
  expect(lessonOfHash(hash)).toBeNull();
});
