import { expect, test } from 'vitest';
import { FASHION_MNIST_PRESETS as PRESETS } from '../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { draftOf, withEdits, withRecipe } from '../../../src/state/draft.ts';
import { draftText, parseDraft } from '../../../src/state/saved-draft.ts';
import { readValue } from '../../fixtures/archive/values.ts';

test('every preset, edited, comes back as it was', () => {
  for (const preset of PRESETS) {
    const id = preset.network.layers[0]?.id ?? '';
    const removed = withEdits(draftOf(preset, 7), [{ type: 'remove', id }], 'delete');
    const draft = withRecipe(removed, { learningRate: 0.003, epochs: 4 }, 'change');
    const { network, recipe, presetId } = draft;
    expect(parseDraft(draftText(draft), FASHION_MNIST)).toMatchObject({ network, recipe, presetId });
  }
});

test('a draft that an early version kept trains as it did: without class weights', () => {
  const texts = readValue('v1-local-storage.json') as Readonly<Record<string, string>>;
  const text = texts['draft fashion-mnist'] ?? '';
  expect(text).not.toContain('classWeights');
  expect(parseDraft(text, FASHION_MNIST)?.recipe.classWeights).toBe('none');
});

test.each([
  '',
  'no JSON',
  'null',
  '[]',
  '{"presetId":"ciutacu-cnn"}',
  '{"presetId":"x","network":"{\\"layers\\":[{\\"kind\\":\\"what\\"}]}"}',
])('%j is no draft', (text) => {
  expect(parseDraft(text, FASHION_MNIST)).toBeNull();
});

test('a draft for another data set is none for this one, and one from before there were several is', () => {
  const text = draftText(draftOf(PRESETS[0], 7));
  expect(parseDraft(text, { ...FASHION_MNIST, id: 'digits' })).toBeNull();
  const { dataset: _, ...former } = JSON.parse(text);
  expect(parseDraft(JSON.stringify(former), FASHION_MNIST)?.network).toEqual(PRESETS[0].network);
});
