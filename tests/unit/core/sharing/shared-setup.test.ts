import { expect, test } from 'vitest';
import { isFor, readShared, setupOf, sharedText } from '../../../../src/core/sharing/shared-setup.ts';
import { SHIPPED_DATASETS } from '../../../../src/datasets/all-datasets.ts';
import { FIRST_DATASET, presetsFor } from '../../../../src/datasets/catalogue.ts';

const ALL = SHIPPED_DATASETS.flatMap(({ spec }) => presetsFor(spec));
const [first] = presetsFor(FIRST_DATASET.spec);

function read(text: string) {
  const reading = readShared(text);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.shared;
}

test.each(ALL)('$id comes back as it was sent', (preset) => {
  const shared = read(sharedText(preset, preset.id, 'inside'));
  expect(shared.presetId).toBe(preset.id);
  expect(shared.tab).toBe('inside');
  expect(SHIPPED_DATASETS.filter(({ spec }) => isFor(shared, spec)).map(({ spec }) => spec)).toEqual([preset.dataset]);
  const { dataset, network, recipe } = preset;
  expect(setupOf(shared, dataset)).toEqual({ setup: { dataset, network, recipe } });
});

/** The text of the first preset with a part in the place of another. */
function changed(part: string, other: string): string {
  const text = sharedText(first, 'one', 'draw');
  expect(text).toContain(part);
  return text.replace(part, other);
}

test('a text of a newer version is refused with what to do', () => {
  expect(readShared(changed('"version":1', '"version":2'))).toEqual({
    problem: expect.stringContaining('newer version of Fitting Room. Reload the page'),
  });
});

test.each([
  ['no JSON', () => '{'],
  ['no object', () => '[]'],
  ['too long', () => ' '.repeat(200_001)],
  ['no version', () => changed('"version":1', '"version":"1"')],
  ['an id that is none', () => changed('"id":"fashion-mnist"', '"id":"<script>"')],
  ['samples of no size', () => changed('"input":[28,28,1]', '"input":[]')],
  ['samples of infinite size', () => changed('"input":[28,28,1]', '"input":[1e400]')],
  ['no preset', () => changed('"preset":"one"', '"preset":{}')],
  ['an unknown layer', () => changed('conv2d', 'conv9d')],
])('a text with %s is damaged', (_, text) => {
  expect(readShared(text())).toEqual({ problem: expect.stringMatching(/^This link is damaged/) });
});

test('a recipe out of range is told, and what is missing is as usual', () => {
  const { dataset } = first;
  expect(setupOf(read(changed('"batchSize":32', '"batchSize":0')), dataset)).toEqual({
    problem: expect.stringMatching(/^This link is damaged.*Batch size/),
  });
  const shared = read(changed('"learningRate":0.001,', ''));
  expect(setupOf(shared, dataset)).toEqual({ setup: expect.objectContaining({ recipe: first.recipe }) });
});
