import { expect, test } from 'vitest';
import { uint32At } from '../../../src/core/random.ts';
import { SHARED_HASH } from '../../../src/core/sharing/shared-hash.ts';
import { readShared, setupOf, sharedText } from '../../../src/core/sharing/shared-setup.ts';
import { SHIPPED_DATASETS } from '../../../src/datasets/all-datasets.ts';
import { presetsFor } from '../../../src/datasets/catalogue.ts';
import { LONG_LINK, linkTo, readHash } from '../../../src/features/link.ts';

const PAGE = 'https://students.example.org/courses/networks/fitting-room/';
const ALL = SHIPPED_DATASETS.flatMap(({ spec }) => presetsFor(spec));

test.each(ALL)('the link of $id is short enough for every mail program, and is read again', async (preset) => {
  const text = sharedText(preset, preset.id, 'draw');
  const link = await linkTo(PAGE, text);
  expect(link.length).toBeLessThanOrEqual(LONG_LINK);
  expect(link).toMatch(/^[\w:/.#=-]+$/);
  const reading = await readHash(new URL(link).hash);
  expect('shared' in reading && setupOf(reading.shared, preset.dataset)).toMatchObject({
    setup: { network: preset.network, recipe: preset.recipe },
  });
});

const key = [2018, 11, 28] as const;

/** The same letters with one to eight of them changed, left out or repeated. */
function mutated(letters: string, round: number): string {
  const chance = (index: number, below: number) => uint32At(key, round * 64 + index) % below;
  let text = letters;
  for (let change = 0; change <= chance(0, 8); change++) {
    const at = chance(3 * change + 1, text.length);
    const sign = String.fromCharCode(45 + chance(3 * change + 2, 78));
    const rest = chance(3 * change + 3, 3) === 0 ? text.slice(at) : text.slice(at + 1);
    text = text.slice(0, at) + (chance(3 * change + 4, 3) === 0 ? '' : sign) + rest;
  }
  return text;
}

test('2,000 damaged links: each is read or refused in a sentence, and nothing else is touched', async () => {
  const untouched = Object.getOwnPropertyNames(Object.prototype).length;
  const outcomes = { read: 0, refused: 0 };
  const links = await Promise.all(ALL.map((preset) => linkTo(PAGE, sharedText(preset, preset.id, 'draw'))));
  for (let round = 0; round < 2000; round++) {
    const [, letters = ''] = (links[round % links.length] ?? '').split(SHARED_HASH);
    const reading = await readHash(`${SHARED_HASH}${mutated(letters, round)}`);
    if ('problem' in reading) expect(reading.problem).toMatch(/^This link .+\.$/);
    outcomes['problem' in reading ? 'refused' : 'read']++;
  }
  expect(outcomes.refused).toBeGreaterThan(1000);
  expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(untouched);
}, 60_000);

test('10,000 damaged texts: each is read or refused in a sentence', () => {
  const texts = ALL.map((preset) => sharedText(preset, preset.id, 'draw'));
  let read = 0;
  for (let round = 0; round < 10_000; round++) {
    const preset = ALL[round % ALL.length];
    const reading = readShared(mutated(texts[round % texts.length] ?? '', round));
    if ('problem' in reading) expect(reading.problem).toMatch(/^This link .+\.$/s);
    else if (preset !== undefined) {
      setupOf(reading.shared, preset.dataset);
      read++;
    }
  }
  expect(read).toBeGreaterThan(100);
}, 60_000);

test('a link that unpacks to far more than a network is refused', async () => {
  const bomb = await linkTo('', ' '.repeat(20_000_000));
  expect(await readHash(bomb)).toEqual({ problem: expect.stringContaining('damaged') });
});
