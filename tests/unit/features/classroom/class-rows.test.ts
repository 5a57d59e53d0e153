import { expect, test } from 'vitest';
import { sha256 } from '../../../../src/core/sharing/sha256.ts';
import { elvlandVgg } from '../../../../src/datasets/fashion-mnist/presets/elvland.ts';
import { classCsv, classRows, filteredRows, sortedRows } from '../../../../src/features/classroom/class-rows.ts';
import type { HandInFile } from '../../../../src/features/hand-ins.ts';
import { readAssignment } from '../../../../src/state/assignment-text.ts';
import { newRun, type Run } from '../../../../src/state/run.ts';
import { inert } from '../../../../src/ui/base/csv.ts';
import { SOURCE } from './sample-assignment.ts';

const reading = readAssignment(SOURCE);
if ('problem' in reading) throw new Error(reading.problem);
const { assignment } = reading;

/** A run that keeps to the rules of the assignment. */
function runWith(accuracy: number, values: Partial<Run['draft']['recipe']> = {}): Run {
  const recipe = { ...elvlandVgg.recipe, epochs: 4, seed: 2018, ...values };
  const draft = { ...elvlandVgg, recipe, presetId: elvlandVgg.id, change: '' };
  const validation = { loss: 1 - accuracy, accuracy };
  const epoch = { epoch: 1, step: 1, trainSample: null, validation, confusion: null, seconds: 1 };
  return { ...newRun(1, draft, 'a run'), phase: 'finished', losses: new Float32Array([1]), epochs: [epoch] };
}

function handIn(student: string, run: Run | null, values: Partial<HandInFile> = {}): HandInFile {
  return {
    student,
    source: SOURCE,
    assignment,
    assignmentHash: sha256(SOURCE),
    isWhole: true,
    time: `2026-11-28T13:0${student.length}:00.000Z`,
    id: `id-of-${student}`,
    run,
    prediction: '',
    isLate: false,
    answers: ['=cmd()', ''],
    ...values,
  };
}

const CLASS = classRows([
  handIn('Cyn', runWith(0.9)),
  handIn('=Ada', runWith(0.8)),
  handIn('Benjy', runWith(0.95, { seed: 1 })),
  handIn('Dora', null),
  handIn('Evelyn', runWith(0.93), { isWhole: false, assignmentHash: 'another' }),
]);

test('who met the goal, and what is not as it should be', () => {
  expect(CLASS.map(({ handIn: { student }, isMet, problems }) => [student, isMet, problems])).toEqual([
    ['Cyn', true, []],
    ['=Ada', false, []],
    ['Benjy', false, ['Seed was set by the assignment.']],
    ['Dora', false, ['No run was handed in.']],
    ['Evelyn', true, ['Changed after it was handed in.', 'It belongs to another assignment than most.']],
  ]);
});

test('the table is sorted and filtered', () => {
  const names = (rows: typeof CLASS) => rows.map(({ handIn: { student } }) => student);
  expect(names(sortedRows(CLASS, 'accuracy', true))).toEqual(['Benjy', 'Evelyn', 'Cyn', '=Ada', 'Dora']);
  expect(names(sortedRows(CLASS, 'student', false))).toEqual(['=Ada', 'Benjy', 'Cyn', 'Dora', 'Evelyn']);
  expect(names(filteredRows(CLASS, ' bEn'))).toEqual(['Benjy']);
  expect(filteredRows(CLASS, '')).toHaveLength(5);
});

test('what students typed becomes no formula in the CSV', () => {
  const lines = classCsv(CLASS, () => 'repeats')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(6);
  expect(lines[2]).toMatch(/^'=Ada,2026-/);
  expect(lines[2]).toContain("'=cmd()");
  for (const text of ['=1', '+1', '-1', '@x', ' =1', '\t=1', '＝1']) expect(inert(text)).toBe(`'${text}`);
  expect(inert('Ada = 1')).toBe('Ada = 1');
});
