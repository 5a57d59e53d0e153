import { expect, test } from 'vitest';
import { kindNoun } from '../../../../src/core/dataset/sample-words.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';

test('classes are kinds of something, species themselves, or classes', () => {
  const species = { one: 'species', many: 'species' };
  const penguins = { ...WEATHER, words: { ...WEATHER.words, class: species } };
  expect([SIGNS, penguins, WEATHER].map((dataset) => kindNoun(dataset).many)).toEqual([
    'kinds of signs',
    'species',
    'classes',
  ]);
});
