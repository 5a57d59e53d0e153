import { expect, test } from 'vitest';
import { GLOSSARY, glossaryEntry, termsIn } from '../../../../src/core/text/glossary.ts';

const marked = (sentence: string) =>
  termsIn(sentence).flatMap(({ text, entry }) => (entry ? [[text, entry.term]] : []));

test('the terms are in alphabetical order, and no two share a word', () => {
  const terms = GLOSSARY.map(({ term }) => term);
  expect(terms).toEqual(terms.toSorted((a, b) => a.localeCompare(b, 'en')));
  const words = GLOSSARY.flatMap(({ term, forms = [] }) => [term.toLowerCase(), ...forms]);
  expect(new Set(words).size).toBe(words.length);
});

test('a term is found by its plural and its other forms, in any case', () => {
  expect(glossaryEntry('Epochs')?.term).toBe('Epoch');
  expect(glossaryEntry('validation')?.term).toBe('Validation set');
  expect(glossaryEntry('garment')).toBeUndefined();
});

test('in a sentence each term stands out once, by its longest form, and nothing is lost', () => {
  const sentence = 'Overfitting since epoch 7: the validation loss rises after each epoch, the training loss falls.';
  expect(marked(sentence)).toEqual([
    ['Overfitting', 'Overfitting'],
    ['epoch', 'Epoch'],
    ['validation loss', 'Validation set'],
    ['loss', 'Loss'],
  ]);
  expect(
    termsIn(sentence)
      .map(({ text }) => text)
      .join(''),
  ).toBe(sentence);
});

test('parts of other words are no terms', () => {
  expect(marked('stepwise, classify, lossless, seedling')).toEqual([]);
});
