import { expect, test } from 'vitest';
import { PRESETS } from '../../../src/core/network/presets/catalogue.ts';
import { draftOf, withEdits, withRecipe } from '../../../src/state/draft.ts';
import { draftText, parseDraft } from '../../../src/state/saved-draft.ts';

test('every preset, edited, comes back as it was', () => {
  for (const preset of PRESETS) {
    const id = preset.network.layers[0]?.id ?? '';
    const removed = withEdits(draftOf(preset, 7), [{ type: 'remove', id }], 'delete');
    const draft = withRecipe(removed, { learningRate: 0.003, epochs: 4 }, 'change');
    const { network, recipe, presetId } = draft;
    expect(parseDraft(draftText(draft))).toMatchObject({ network, recipe, presetId });
  }
});

test.each([
  '',
  'no JSON',
  'null',
  '[]',
  '{"presetId":"ciutacu-cnn"}',
  '{"presetId":"x","network":"{\\"layers\\":[{\\"kind\\":\\"what\\"}]}"}',
])('%j is no draft', (text) => {
  expect(parseDraft(text)).toBeNull();
});
