import type { CategoryField, Field } from '../../../core/dataset/spec.ts';
import { valueCountOf } from '../../../core/dataset/spec.ts';
import { encodeRow } from '../../../core/dataset/table.ts';
import type { FeatureChoice, FeaturePreview, TableChoices, TablePreview } from '../../../core/dataset/table-reading.ts';
import { countOf } from '../../../core/text/nouns.ts';
import { numberText } from '../../../core/text/number-text.ts';
import { type Column, MISSING, type Table, textAt } from './column.ts';
import { type Prepared, prepareTable } from './prepare.ts';

/** Cells that are shown before and after. */
const EXAMPLES = 3;

/** What choices would make of a table. Throws a RefusedFiles where they do not work out. */
export function previewTable(table: Table, choices: TableChoices): TablePreview {
  const prepared = prepareTable(table, choices);
  const { classes, rows, labels, samples, leftOut } = prepared;
  const count = (split: 'train' | 'test', label: number) => labels[split].filter((each) => each === label).length;
  return {
    kind: 'table',
    train: rows.train.length,
    test: rows.test.length,
    classes: classes.map((name, label) => ({ name, train: count('train', label), test: count('test', label) })),
    values: valueCountOf(samples),
    leftOut,
    notes: notesOf(table, choices, prepared),
    features: samples.fields.flatMap((field, i) => {
      const choice = choices.features[i];
      const column = choice && table.columns[choice.column];
      return choice && column ? [previewField(field, choice, column)] : [];
    }),
  };
}

/** What there is to know of what was made, a sentence each. */
export function notesOf(table: Table, choices: TableChoices, { samples, rows }: Prepared): readonly string[] {
  return samples.fields.flatMap((field, i) => {
    const column = table.columns[choices.features[i]?.column ?? -1];
    if (field.kind !== 'category' || column === undefined) return [];
    const known = new Set(field.categories);
    const others = column.texts.filter((text) => !known.has(text));
    if (others.length === 0) return [];
    const isOther = column.texts.map((text) => !known.has(text));
    const has = (part: Uint32Array) => part.filter((row) => isOther[column.codes[row] ?? MISSING]).length;
    const count = has(rows.train) + has(rows.test);
    if (count === 0) return [];
    return [
      `${field.name}: ${countOf(count, { one: 'row has', many: 'rows have' })} a category without a value of its own, such as ${others[0] ?? 'a rare one'}: all its values are 0.`,
    ];
  });
}

function previewField(field: Field, choice: FeatureChoice, column: Column): FeaturePreview {
  const cells = Array.from({ length: EXAMPLES }, (_, row) => textAt(column, row));
  return {
    column: choice.column,
    values: field.kind === 'number' ? 1 : field.categories.length,
    rule: ruleOf(field),
    examples: cells.map((text, row) => {
      const number = column.numbers[row] ?? Number.NaN;
      const cell = field.kind === 'category' ? text : Number.isNaN(number) ? null : number;
      const values = encodeRow({ kind: 'table', fields: [field], answer: '', storage: 'float32', scale: 1 }, [cell]);
      return { before: text ?? 'missing', after: afterText(field, values) };
    }),
  };
}

function afterText(field: Field, values: Float32Array | null): string {
  if (values === null) return 'row dropped';
  if (field.kind === 'number') return shortText(values[0] ?? 0);
  const [one] = [...values.keys()].filter((at) => values[at] === 1);
  return one === undefined ? 'all 0' : `1 in place ${one + 1} of ${values.length}`;
}

function ruleOf(field: Field): string {
  if (field.kind === 'category') return [namesOf(field), fillOf(field.fill)].filter(Boolean).join('; ');
  const { standardised, fill } = field;
  const how =
    standardised === null
      ? 'as it is'
      : `minus ${shortText(standardised.mean)}, divided by ${shortText(standardised.deviation)}`;
  return [how, fillOf(fill === null ? null : shortText(fill))].filter(Boolean).join('; ');
}

function fillOf(fill: string | null): string {
  return fill === null ? '' : `missing becomes ${fill}`;
}

/** Categories that are named. */
const NAMED = 4;

function namesOf({ categories }: CategoryField): string {
  const named = categories.slice(0, NAMED).join(', ');
  const more = categories.length > NAMED ? ` and ${numberText(categories.length - NAMED)} more` : '';
  return `a value each for ${named}${more}`;
}

/** A number as people read it: four digits at most. */
function shortText(value: number): string {
  return numberText(Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 3)));
}
