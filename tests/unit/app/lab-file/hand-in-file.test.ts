import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readHandInFile, writeHandIn } from '../../../../src/app/lab-file/hand-in-file.ts';
import { readLab, writeAssignment } from '../../../../src/app/lab-file/lab-file.ts';
import { uint32At } from '../../../../src/core/random.ts';
import { sha256 } from '../../../../src/core/sharing/sha256.ts';
import { sharedText } from '../../../../src/core/sharing/shared-setup.ts';
import { SOURCE, START } from '../../features/classroom/sample-assignment.ts';
import { checkpointAt } from '../../support/checkpoints.ts';
import { draft, fullRun } from '../archive/full-run.ts';

const HANDED_IN = {
  student: 'Ada <b>',
  source: SOURCE,
  time: '2026-11-28T13:00:00.000Z',
  id: '0123456789abcdef',
  run: 3,
  prediction: 'many',
  isLate: false,
  answers: ['=1+1', ''],
} as const;

const LAB = {
  shared: sharedText(draft, draft.presetId, ''),
  runs: [{ run: fullRun(3), checkpoint: checkpointAt(20) }],
  texts: [],
} as const;

const SAVED = writeHandIn(HANDED_IN, LAB);

/** The file with one of its files in another form. */
function changed(name: string, change: (text: string) => string): Uint8Array<ArrayBuffer> {
  const files = unzipSync(SAVED);
  return Uint8Array.from(zipSync({ ...files, [name]: strToU8(change(strFromU8(files[name] ?? new Uint8Array()))) }));
}

function handInOf(bytes: Uint8Array<ArrayBuffer>) {
  const reading = readHandInFile(bytes);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.handIn;
}

test('a hand-in comes back as it was handed in, with its run and its assignment', () => {
  const { assignment, assignmentHash, isWhole, run, ...rest } = handInOf(SAVED);
  expect({ ...rest, run: run?.number }).toEqual(HANDED_IN);
  expect(run).toEqual(fullRun(3));
  expect(assignment.source).toBe(SOURCE);
  expect(assignmentHash).toBe(sha256(SOURCE));
  expect(isWhole).toBe(true);
  // It can be opened as a lab, too.
  expect(readLab(SAVED)).toMatchObject({ contents: { runs: [{ run: { number: 3 } }], assignment: null } });
});

test.each([
  ['a name', 'hand-in.json', (text: string) => text.replace('Ada', 'Eve')],
  ['an answer', 'hand-in.json', (text: string) => text.replace('=1+1', '=2+2')],
  ['a curve', 'runs/3.json', (text: string) => text.replace('"accuracy":0.5', '"accuracy":0.6')],
  ['the draft', 'lab.json', (text: string) => text.replace('"texts":[]', '"texts":[ ]')],
])('%s that was changed after it was handed in is seen', (_, name, change) => {
  const bytes = changed(name, change);
  expect(unzipSync(bytes)[name]).not.toEqual(unzipSync(SAVED)[name]);
  expect(handInOf(bytes).isWhole).toBe(false);
});

test('files that are none are refused, a sentence each', () => {
  const lab = unzipSync(SAVED);
  const { 'hand-in.json': _, ...rest } = lab;
  expect(readHandInFile(Uint8Array.from(zipSync(rest)))).toEqual({
    problem: expect.stringContaining('Nothing was handed in'),
  });
  const newer = changed('hand-in.json', (text) => text.replace('{"version":1', '{"version":2'));
  expect(readHandInFile(newer)).toEqual({ problem: expect.stringContaining('newer version of Fitting Room') });
  const other = changed('hand-in.json', () => '{"version":1,"content":"{}","sha256":""}');
  expect(readHandInFile(other)).toEqual({ problem: 'It is damaged: ask for it again.' });
  expect(readHandInFile(new Uint8Array(5))).toEqual({
    problem: expect.stringContaining('not a file that Fitting Room saved'),
  });
});

test('1,000 damaged hand-ins: each is read or refused in a sentence', () => {
  const outcomes = { whole: 0, changed: 0, refused: 0 };
  for (let round = 0; round < 1000; round++) {
    const bytes = SAVED.slice();
    for (let change = 0; change <= round % 3; change++) {
      const [place, value] = [uint32At([2026, round, 0], 2 * change), uint32At([2026, round, 1], change)];
      bytes[place % bytes.length] = value & 255;
    }
    const reading = readHandInFile(bytes);
    if ('problem' in reading) expect(reading.problem).toMatch(/\.$/);
    outcomes['problem' in reading ? 'refused' : reading.handIn.isWhole ? 'whole' : 'changed']++;
  }
  expect(outcomes.refused).toBeGreaterThan(10);
  expect(outcomes.changed).toBeGreaterThan(10);
}, 120_000);

test('an assignment as a file brings itself and what it begins with', () => {
  expect(readLab(writeAssignment(SOURCE, START))).toMatchObject({ contents: { assignment: SOURCE, runs: [] } });
});
