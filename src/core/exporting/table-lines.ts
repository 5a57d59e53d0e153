import type { DatasetSpec, Field, TableSamples } from '../dataset/spec.ts';
import { listOf } from './opened/list.ts';
import { indented, real } from './python.ts';

/** What the two readers of tables, of one that comes with the app and of one that was opened, have of their own. */
export interface TableReader {
  /** Where the table is. */
  readonly head: readonly string[];
  /** What stands behind the columns. */
  readonly places?: readonly string[];
  /** The function `number`. */
  readonly number: readonly string[];
  /** The functions that read, each behind two empty lines. */
  readonly reading: readonly (readonly string[])[];
}

/** A program's reader of a table, part by part in the order that they call each other in. */
export function readerLines(
  dataset: DatasetSpec,
  samples: TableSamples,
  { head, places = [], number, reading }: TableReader,
): readonly string[] {
  const columns = [...head, '', ...columnLines(dataset, samples), ...places];
  const functions = [number, encodeLines(), labelLines(samples), ...reading];
  return [...columns, ...functions.flatMap((lines) => ['', '', ...lines])];
}

/** How each column becomes values, and the names of the classes. */
function columnLines({ classes }: DatasetSpec, { fields }: TableSamples): readonly string[] {
  return [
    '# How each column becomes values, from the training rows: the mean and the deviation of numbers, or the names of categories.',
    '# After it, what stands for a missing cell; where that is None, its row is left out.',
    'columns = [',
    ...indented(fields.map((field) => `${columnOf(field)},`)),
    ']',
    `classes = ${listOf(classes)}`,
    'nothing = ["", "na", "n/a", "nan", "null", "?", "-", ".", "#n/a"]',
  ];
}

/** A column as a tuple: name, rule, substitute. */
function columnOf(field: Field): string {
  const name = JSON.stringify(field.name);
  if (field.kind === 'category') {
    return `(${name}, ${listOf(field.categories)}, ${field.fill === null ? 'None' : JSON.stringify(field.fill)})`;
  }
  const { mean, deviation } = field.standardised ?? { mean: 0, deviation: 1 };
  const fill = field.fill === null ? 'None' : real(field.fill).code;
  return `(${name}, (${real(mean).code}, ${real(deviation).code}), ${fill})`;
}

/** A function that makes values of a row. */
function encodeLines(): readonly string[] {
  return [
    'def encode(row):',
    ...indented([
      '"""A row as the network takes it; None where it is left out."""',
      'values = []',
      'for name, rule, fill in columns:',
      ...indented([
        'text = row[name].strip()',
        'cell = None if text.lower() in nothing else text if isinstance(rule, list) else number(text)',
        'cell = fill if cell is None else cell',
        'if cell is None:',
        ...indented(['return None']),
        'if isinstance(rule, list):',
        ...indented(['values += [float(cell == category) for category in rule]']),
        'else:',
        ...indented(['mean, deviation = rule', 'values.append((cell - mean) / deviation)']),
      ]),
      'return values',
    ]),
  ];
}

/** A function that makes a label of a row. */
function labelLines({ answer, threshold }: TableSamples): readonly string[] {
  const cell = `row[${JSON.stringify(answer)}].strip()`;
  const body =
    threshold === undefined
      ? [`cell = ${cell}`, 'return classes.index(cell) if cell in classes else None']
      : [`value = number(${cell})`, `return None if value is None else int(value >= ${real(threshold).code})`];
  return ['def label(row):', ...indented(['"""The class of a row; None where it has no answer."""', ...body])];
}
