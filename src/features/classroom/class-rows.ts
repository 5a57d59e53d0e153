import { conditionText, type GoalCondition, measureText } from '../../core/classroom/goal.ts';
import { sizesOf } from '../../core/classroom/network-rule.ts';
import { isFor, setupOf } from '../../core/sharing/shared-setup.ts';
import { percentText } from '../../core/text/number-text.ts';
import { type CsvValue, csvOf, inert } from '../../ui/base/csv.ts';
import type { HandInFile } from '../hand-ins.ts';
import { type CheckedRun, checkRun } from './use-task.ts';

/** A hand-in as a row of the table of a class. */
export interface ClassRow {
  readonly handIn: HandInFile;
  /** How its run stands to the goal; none where it has no run. */
  readonly checked: CheckedRun['checked'];
  /** Whether all of the goal is met, by a run that keeps to the rules. */
  readonly isMet: boolean;
  /** What is not as it should be, a sentence each. */
  readonly problems: readonly string[];
  /** Validation accuracy of the last epoch; NaN where it was not measured. */
  readonly accuracy: number;
  readonly parameters: number;
}

/** The hand-ins of a class as rows. Those of another assignment than most are marked. */
export function classRows(handIns: readonly HandInFile[]): readonly ClassRow[] {
  const most = mostCommon(handIns.map(({ assignmentHash }) => assignmentHash));
  return handIns.map((handIn) => rowOf(handIn, most));
}

function rowOf(handIn: HandInFile, assignmentHash: string | undefined): ClassRow {
  const { assignment, run } = handIn;
  const stood = run === null ? null : standingOf(handIn, run);
  const checked = stood?.checked ?? [];
  const problems = [
    ...(handIn.isWhole ? [] : ['Changed after it was handed in.']),
    ...(handIn.assignmentHash === assignmentHash ? [] : ['It belongs to another assignment than most.']),
    ...(assignment.wanted.run && run === null ? ['No run was handed in.'] : []),
    ...(stood?.problems ?? []),
  ];
  return {
    handIn,
    checked,
    problems,
    isMet: stood !== null && stood.problems.length === 0 && checked.every(({ isMet }) => isMet),
    accuracy: run?.epochs.at(-1)?.validation?.accuracy ?? Number.NaN,
    parameters: run === null ? Number.NaN : sizesOf(run.draft).parameters,
  };
}

function standingOf({ assignment }: HandInFile, run: NonNullable<HandInFile['run']>): Omit<CheckedRun, 'run'> {
  const { dataset } = run.draft;
  const made = isFor(assignment.start, dataset) ? setupOf(assignment.start, dataset) : null;
  if (made !== null && 'setup' in made) return checkRun(assignment, run, made.setup);
  return { checked: [], problems: [`It was trained on ${dataset.title}, not on the data set of the assignment.`] };
}

function mostCommon(hashes: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** What the table can be sorted by. */
export const ORDERS = {
  student: { title: 'Student', of: ({ handIn }: ClassRow) => handIn.student.toLowerCase() },
  time: { title: 'Handed in', of: ({ handIn }: ClassRow) => handIn.time },
  met: { title: 'Goal', of: ({ isMet }: ClassRow) => (isMet ? 1 : 0) },
  accuracy: { title: 'Validation', of: ({ accuracy }: ClassRow) => (Number.isNaN(accuracy) ? -1 : accuracy) },
  parameters: { title: 'Parameters', of: ({ parameters }: ClassRow) => (Number.isNaN(parameters) ? -1 : parameters) },
} as const;

/** A column that the table can be sorted by. */
export type Order = keyof typeof ORDERS;

/** Rows in order, equal ones as they were. */
export function sortedRows(rows: readonly ClassRow[], order: Order, isDown: boolean): readonly ClassRow[] {
  const { of } = ORDERS[order];
  const sign = isDown ? -1 : 1;
  return rows.toSorted((a, b) => sign * (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0));
}

/** Rows whose student, answers or run have the words. */
export function filteredRows(rows: readonly ClassRow[], words: string): readonly ClassRow[] {
  const wanted = words.trim().toLowerCase();
  return rows.filter(({ handIn: { student, answers, prediction, run } }) =>
    [student, prediction, run?.name ?? '', ...answers].some((text) => text.toLowerCase().includes(wanted)),
  );
}

/** The table as CSV. What students typed cannot become a formula. */
export function classCsv(rows: readonly ClassRow[], verdictOf: (row: ClassRow) => string): string {
  const goal = rows[0]?.handIn.assignment.goal ?? [];
  const questions = Math.max(0, ...rows.map(({ handIn }) => handIn.answers.length));
  const head: readonly CsvValue[] = [
    ...['student', 'handed in', 'stamp', 'goal met', 'validation accuracy', 'parameters', 'seed', 'epochs'],
    ...goal.map(conditionText),
    ...['trained again', 'remarks', 'prediction', 'predicted after a run'],
    ...Array.from({ length: questions }, (_, i) => `answer ${i + 1}`),
  ];
  const body = rows.map((row): readonly CsvValue[] => {
    const { handIn, checked, isMet, problems, accuracy, parameters } = row;
    const { recipe } = handIn.run?.draft ?? { recipe: null };
    return [
      ...[inert(handIn.student), handIn.time, handIn.isWhole ? 'whole' : 'changed', isMet ? 'yes' : 'no'],
      ...[figure(accuracy), figure(parameters), recipe?.seed, recipe?.epochs],
      ...goal.map((condition) => valueIn(checked, condition)),
      ...[verdictOf(row), inert(problems.join(' ')), inert(handIn.prediction), handIn.isLate ? 'yes' : 'no'],
      ...Array.from({ length: questions }, (_, i) => inert(handIn.answers[i] ?? '')),
    ];
  });
  return csvOf([head, ...body]);
}

function figure(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function valueIn(checked: ClassRow['checked'], { measure, is, bound }: GoalCondition): number | null {
  const found = checked.find((each) => each.measure === measure && each.is === is && each.bound === bound);
  return found === undefined ? null : figure(found.value);
}

/** A condition of a row in words: `Validation accuracy over 88.0 %: 85.2 %, not met`. */
export function checkedText(condition: ClassRow['checked'][number]): string {
  const { measure, value, isMet } = condition;
  return `${conditionText(condition)}: ${measureText(measure, value)}, ${isMet ? 'met' : 'not met'}`;
}

/** An accuracy as the table has it. */
export function accuracyText(accuracy: number): string {
  return Number.isNaN(accuracy) ? '–' : percentText(accuracy);
}
