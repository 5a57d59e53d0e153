import type { LeftOut } from '../../../core/dataset/left-out.ts';
import type { Field, Split, TableSamples } from '../../../core/dataset/spec.ts';
import { valueCountOf } from '../../../core/dataset/spec.ts';
import type { FeatureChoice, TableChoices } from '../../../core/dataset/table-reading.ts';
import { numberText } from '../../../core/text/number-text.ts';
import type { LabelledSamples } from '../../store.ts';
import { MOST_SAMPLE_BYTES } from '../limits.ts';
import { RefusedFiles } from '../refusal.ts';
import { stratifiedSplit } from '../stratified.ts';
import { type Answers, answersOf, NO_ANSWER } from './answers.ts';
import { type Column, MISSING, type Table } from './column.ts';
import { fitField } from './fit.ts';

/** What choices make of a table: which rows are samples, and how each becomes values. */
export interface Prepared {
  readonly samples: TableSamples;
  readonly classes: readonly string[];
  /** The rows of each part in the order in which they are trained on, by their places in the table. */
  readonly rows: Readonly<Record<Split, Uint32Array<ArrayBuffer>>>;
  readonly labels: Readonly<Record<Split, Uint8Array<ArrayBuffer>>>;
  readonly leftOut: readonly LeftOut[];
}

/** The fewest rows that can be divided. */
const FEWEST = 4;

/** Fits everything on the training rows. Throws a RefusedFiles where the choices do not work out. */
export function prepareTable(table: Table, choices: TableChoices): Prepared {
  const answer = columnAt(table, choices.answer.column);
  if (choices.features.length === 0)
    throw new RefusedFiles('No column is left for the network to see. Make one of them a feature.');
  if (choices.features.some(({ column }) => column === choices.answer.column))
    throw new RefusedFiles(`${answer.name} is the answer, so the network may not see it.`);
  const answers = answersOf(answer, choices.answer);
  const { kept, leftOut } = completeRows(table, choices, answers);
  if (kept.length < FEWEST)
    throw new RefusedFiles(
      'Fewer than four rows are left. Fill missing cells instead of dropping their rows, or leave columns out.',
    );
  const labels = Uint8Array.from(kept, (row) => answers.labels[row] ?? 0);
  const split = stratifiedSplit(labels, answers.classes.length, choices.testShare, choices.seed);
  const rows = { train: at(kept, split.train), test: at(kept, split.test) };
  const fields = choices.features.map((choice) => fitField(columnAt(table, choice.column), rows.train, choice));
  const { threshold } = choices.answer;
  const samples: TableSamples = {
    kind: 'table',
    fields,
    answer: answer.name,
    ...(threshold !== null && { threshold }),
    storage: 'float32',
    scale: 1,
  };
  checkSize(samples, kept.length);
  const labelsOf = (positions: Uint32Array) => Uint8Array.from(positions, (position) => labels[position] ?? 0);
  return {
    samples,
    classes: answers.classes,
    rows,
    labels: { train: labelsOf(split.train), test: labelsOf(split.test) },
    leftOut,
  };
}

function at(rows: Uint32Array, positions: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  return positions.map((position) => rows[position] ?? 0);
}

function columnAt({ columns }: Table, place: number): Column {
  const column = columns[place];
  if (column === undefined) throw new RangeError(`The table has no column ${place}.`);
  return column;
}

function checkSize(samples: TableSamples, rows: number): void {
  const values = valueCountOf(samples);
  if (values * rows * 4 <= MOST_SAMPLE_BYTES) return;
  throw new RefusedFiles(
    `${numberText(rows)} rows of ${numberText(values)} values each are more than a page can hold. Leave columns out, or keep fewer categories of each.`,
  );
}

/** The rows that have an answer and all cells without a substitute. */
function completeRows(table: Table, { features }: TableChoices, { labels }: Answers) {
  const isKept = new Uint8Array(table.rows);
  let unanswered = 0;
  // By index: there may be millions.
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === NO_ANSWER) unanswered++;
    else isKept[row] = 1;
  }
  const leftOut: LeftOut[] = [];
  if (unanswered > 0)
    leftOut.push({ what: rowsText(unanswered), why: unanswered === 1 ? 'has no answer' : 'have no answer' });
  for (const choice of features) {
    if (choice.missing !== 'drop') continue;
    const column = columnAt(table, choice.column);
    const dropped = dropIncomplete(isKept, column, choice);
    if (dropped > 0)
      leftOut.push({ what: rowsText(dropped), why: `${dropped === 1 ? 'has' : 'have'} no ${column.name}` });
  }
  return { kept: placesOf(isKept), leftOut };
}

/** Where there is a 1. */
function placesOf(marks: Uint8Array): Uint32Array<ArrayBuffer> {
  const places = new Uint32Array(marks.length);
  let count = 0;
  for (let at = 0; at < marks.length; at++) if (marks[at] === 1) places[count++] = at;
  return places.slice(0, count);
}

function rowsText(count: number): string {
  return count === 1 ? '1 row' : `${numberText(count)} rows`;
}

function dropIncomplete(isKept: Uint8Array, { numbers, codes }: Column, choice: FeatureChoice): number {
  let dropped = 0;
  for (let row = 0; row < isKept.length; row++) {
    const isMissing = choice.as === 'number' ? Number.isNaN(numbers[row]) : codes[row] === MISSING;
    if (!isMissing || isKept[row] === 0) continue;
    isKept[row] = 0;
    dropped++;
  }
  return dropped;
}

/** The rows of a split as they are stored: float32 values, row by row. */
export function encodeRows(table: Table, choices: TableChoices, prepared: Prepared, split: Split): LabelledSamples {
  const rows = prepared.rows[split];
  const size = valueCountOf(prepared.samples);
  const values = new Float32Array(rows.length * size);
  let first = 0;
  for (const [i, field] of prepared.samples.fields.entries()) {
    const column = columnAt(table, choices.features[i]?.column ?? -1);
    const write = writerOf(field, column);
    for (let n = 0; n < rows.length; n++) write(values, n * size + first, rows[n] ?? 0);
    first += field.kind === 'number' ? 1 : field.categories.length;
  }
  return { labels: prepared.labels[split], values: new Uint8Array(values.buffer) };
}

type Writer = (values: Float32Array, at: number, row: number) => void;

function writerOf(field: Field, { numbers, codes, texts }: Column): Writer {
  if (field.kind === 'number') {
    const { mean, deviation } = field.standardised ?? { mean: 0, deviation: 1 };
    return (values, place, row) => {
      const number = numbers[row] ?? Number.NaN;
      values[place] = ((Number.isNaN(number) ? (field.fill ?? 0) : number) - mean) / deviation;
    };
  }
  const places = new Map(field.categories.map((category, i) => [category, i]));
  const placesOf = texts.map((text) => places.get(text));
  const placeOfMissing = field.fill === null ? undefined : places.get(field.fill);
  return (values, place, row) => {
    const code = codes[row] ?? MISSING;
    const category = code === MISSING ? placeOfMissing : placesOf[code];
    if (category !== undefined) values[place + category] = 1;
  };
}
