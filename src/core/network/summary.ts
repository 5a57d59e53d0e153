import { at } from '../at.ts';
import { decimalText, numberText } from '../text/number-text.ts';
import type { Graph } from './graph.ts';
import { isAlias, kerasClass, kerasNames } from './keras-names.ts';
import { parametersOf } from './layers/kernel.ts';

/** One row of the summary table. */
export interface SummaryRow {
  /** Name and class as in Keras: `conv2d (Conv2D)`. */
  readonly layer: string;
  /** With the batch axis in front: `(None, 26, 26, 32)`. */
  readonly output: string;
  readonly parameters: number;
  /** Names of the layers whose outputs it takes. */
  readonly connectedTo: readonly string[];
}

/** Rows as in Keras' `model.summary()`, with the totals that stand below them. */
export interface Summary {
  readonly rows: readonly SummaryRow[];
  readonly total: number;
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** The summary of a network. A Branch is no layer in Keras: what it names shows in the last column. */
export function summaryOf({ nodes }: Graph): Summary {
  const layers = nodes.filter(({ spec }) => !isAlias(spec));
  const names = kerasNames(layers.map(({ spec }) => spec));
  const nameOf = new Map(layers.map((node, i) => [node, at(names, i)]));
  const sourceName = (position: number): string => {
    const node = nodes[position];
    if (node === undefined) return 'input_layer';
    return isAlias(node.spec) ? sourceName(at(node.inputs, 0)) : (nameOf.get(node) ?? '');
  };
  const rows = layers.map((node, i) => ({
    layer: `${names[i]} (${kerasClass(node.spec)})`,
    output: `(${['None', ...node.output].join(', ')})`,
    parameters: parametersOf(node.weights),
    connectedTo: node.inputs.map(sourceName),
  }));
  const weights = layers.flatMap((node) => node.weights);
  const trainable = parametersOf(weights.filter((weight) => weight.trainable));
  const total = parametersOf(weights);
  return { rows, total, trainable, nonTrainable: total - trainable };
}

/** A column: its text, how many characters wide it is, and its alignment. */
interface Column {
  readonly title: string;
  readonly width: number;
  readonly right: boolean;
  readonly cells: readonly string[];
}

/** The summary as Keras 3 prints it on a terminal of 80 characters; a network that forks gets one more column. */
export function summaryText(summary: Summary): string {
  const { rows, total, trainable, nonTrainable } = summary;
  const columns: readonly Column[] = [
    { title: 'Layer (type)', width: 31, right: false, cells: rows.map((row) => row.layer) },
    { title: 'Output Shape', width: 22, right: false, cells: rows.map((row) => row.output) },
    { title: 'Param #', width: 13, right: true, cells: rows.map((row) => numberText(row.parameters)) },
    { title: 'Connected to', width: 22, right: false, cells: rows.map((row) => row.connectedTo.join(', ')) },
  ];
  return [
    'Model: "sequential"',
    ...boxLines(forks(rows) ? columns : columns.slice(0, 3)),
    ` Total params: ${numberText(total)} (${sizeText(total)})`,
    ` Trainable params: ${numberText(trainable)} (${sizeText(trainable)})`,
    ` Non-trainable params: ${numberText(nonTrainable)} (${sizeText(nonTrainable)})`,
    '',
  ].join('\n');
}

/** Whether any layer takes another output than that of the row above it. */
function forks(rows: readonly SummaryRow[]): boolean {
  return rows.some(({ connectedTo: [first = '', ...others] }, i) => {
    const above = rows[i - 1]?.layer ?? 'input_layer ';
    return others.length > 0 || !above.startsWith(`${first} `);
  });
}

function boxLines(columns: readonly Column[]): readonly string[] {
  const rule = ([left, line, cross, right]: readonly [string, string, string, string]) =>
    left + columns.map(({ width }) => line.repeat(width + 2)).join(cross) + right;
  const bodies = columns[0]?.cells.map((_, i) => cellLines(columns, '│', (column) => at(column.cells, i))) ?? [];
  const between = rule(['├', '─', '┼', '┤']);
  return [
    rule(['┏', '━', '┳', '┓']),
    ...cellLines(columns, '┃', ({ title }) => title),
    rule(['┡', '━', '╇', '┩']),
    ...bodies.flatMap((lines, i) => (i === 0 ? lines : [between, ...lines])),
    rule(['└', '─', '┴', '┘']),
  ];
}

/** One row of cells, in as many lines as its longest cell takes. */
function cellLines(columns: readonly Column[], edge: string, textOf: (column: Column) => string): readonly string[] {
  const wrapped = columns.map((column) => wrap(textOf(column), column.width));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const texts = columns.map(({ width, right }, i) => {
      const text = wrapped[i]?.[line] ?? '';
      return right ? text.padStart(width) : text.padEnd(width);
    });
    return `${edge} ${texts.join(` ${edge} `)} ${edge}`;
  });
}

/** Breaks a text at its spaces into lines of at most `width` characters. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The size of float32 parameters as Keras prints it: `2.23 MB`. */
function sizeText(parameters: number): string {
  let size = 4 * parameters;
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${decimalText(size, 2)} ${units[unit]}`;
}
