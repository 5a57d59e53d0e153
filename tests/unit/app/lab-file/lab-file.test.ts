import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { VERSIONS } from '../../../../src/app/archive/records.ts';
import { readLab, writeLab } from '../../../../src/app/lab-file/lab-file.ts';
import { uint32At } from '../../../../src/core/random.ts';
import { sharedText } from '../../../../src/core/sharing/shared-setup.ts';
import { checkpointAt } from '../../support/checkpoints.ts';
import { draft, fullRun } from '../archive/full-run.ts';

const LAB = {
  shared: sharedText(draft, draft.presetId, 'report'),
  runs: [
    { run: fullRun(3), checkpoint: checkpointAt(20) },
    { run: fullRun(1), checkpoint: null },
  ],
  texts: [{ kind: 'drawing', name: 'fashion-mnist', text: '0x784' }],
} as const;

const SAVED = writeLab(LAB);

/** The file with one of its files in another form. */
function changed(name: string, change: (text: string) => string): Uint8Array<ArrayBuffer> {
  const files = unzipSync(SAVED);
  return Uint8Array.from(zipSync({ ...files, [name]: strToU8(change(strFromU8(files[name] ?? new Uint8Array()))) }));
}

function contentsOf(bytes: Uint8Array<ArrayBuffer>) {
  const reading = readLab(bytes);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.contents;
}

test('a lab comes back as it was saved', () => {
  const { shared, runs, texts, unreadable, withoutWeights } = contentsOf(SAVED);
  expect(shared).toMatchObject({ network: draft.network, presetId: draft.presetId, tab: 'report' });
  expect(runs).toEqual(LAB.runs);
  expect(texts).toEqual(LAB.texts);
  expect({ unreadable, withoutWeights }).toEqual({ unreadable: 0, withoutWeights: 0 });
});

test('a run whose record is of the form before is read', () => {
  const older = changed('runs/3.json', (text) =>
    text.replace(`{"version":${VERSIONS.run},"kind":"run"`, `{"version":${VERSIONS.run - 1},"kind":"run"`),
  );
  expect(contentsOf(older).runs).toEqual(LAB.runs);
});

test.each([
  ['the file', changed('lab.json', (text) => text.replace('"version":1', '"version":2'))],
  [
    'a run',
    changed('runs/3.json', (text) => text.replace(`"version":${VERSIONS.run}`, `"version":${VERSIONS.run + 1}`)),
  ],
  [
    'a checkpoint',
    changed('runs/3.json', (text) => text.replace('"checkpoint":{"version":2', '"checkpoint":{"version":3')),
  ],
])('where %s is of a newer version, nothing is opened', (_, bytes) => {
  expect(readLab(bytes)).toEqual({
    problem: expect.stringContaining('newer version of Fitting Room. Reload the page'),
  });
});

test.each([
  ['no zip', Uint8Array.of(1, 2, 3)],
  ['an empty file', new Uint8Array()],
  ['another zip', Uint8Array.from(zipSync({ 'a.png': new Uint8Array(9) }))],
  ['an index of something else', changed('lab.json', () => '{"format":"other"}')],
  ['half of the file', SAVED.slice(0, SAVED.length / 2)],
])('%s is refused', (_, bytes) => {
  expect(readLab(bytes)).toEqual({
    problem: expect.stringContaining('not a file that Fitting Room saved, or it is damaged'),
  });
});

test('a file that would take too much memory is refused before anything is unpacked', () => {
  const bomb = Uint8Array.from(zipSync({ 'lab.json': new Uint8Array(70 * 1024 ** 2) }));
  expect(bomb.length).toBeLessThan(100_000);
  expect(readLab(bomb)).toEqual({ problem: expect.stringContaining('more than 1 GB') });
});

test('a run that cannot be read is left out and counted', () => {
  const { runs, unreadable } = contentsOf(changed('runs/3.json', (text) => text.replace('"number":3', '"number":"3"')));
  expect(runs.map(({ run }) => run.number)).toEqual([1]);
  expect(unreadable).toBe(1);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  'weights of %s are left out and counted, and the run is there',
  (bad) => {
    const { snapshot, ...others } = checkpointAt(20);
    const [first = new Float32Array(1), ...weights] = snapshot.weights;
    const spoilt = { ...others, snapshot: { ...snapshot, weights: [first.with(0, bad), ...weights] } };
    const [run] = LAB.runs;
    const { runs, withoutWeights, unreadable } = contentsOf(
      writeLab({ ...LAB, runs: [{ ...run, checkpoint: spoilt }, LAB.runs[1]] }),
    );
    expect(runs).toEqual([{ run: run.run, checkpoint: null }, LAB.runs[1]]);
    expect({ withoutWeights, unreadable }).toEqual({ withoutWeights: 1, unreadable: 0 });
  },
);

test('2,000 damaged files: each is read or refused in a sentence', () => {
  const outcomes = { read: 0, refused: 0 };
  for (let round = 0; round < 2000; round++) {
    const bytes = SAVED.slice();
    for (let change = 0; change <= round % 4; change++) {
      const [place, value] = [uint32At([2018, round, 0], 2 * change), uint32At([2018, round, 1], change)];
      bytes[place % bytes.length] = value & 255;
    }
    const reading = readLab(bytes);
    if ('problem' in reading) expect(reading.problem).toMatch(/^This file .+\.$|\.fitting-room\.$/);
    outcomes['problem' in reading ? 'refused' : 'read']++;
  }
  expect(outcomes.refused).toBeGreaterThan(10);
  expect(outcomes.read).toBeGreaterThan(10);
}, 60_000);
