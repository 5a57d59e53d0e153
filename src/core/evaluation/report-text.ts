import type { ClassificationReport, Scores } from './metrics.ts';

/** A row of the report: a class, or an average over the classes. */
interface Line {
  readonly name: string;
  readonly scores: Scores;
  /** Precision, recall and F1 are the same figure, and it is printed once. */
  readonly once: boolean;
}

const COLUMNS = ['precision', 'recall', 'f1-score', 'support'] as const;

/** The report as `sklearn.metrics.classification_report` prints it with the class names, to the character. */
export function reportText(report: ClassificationReport, names: readonly string[], digits = 2): string {
  const lines = [...classLines(report, names), ...averageLines(report)];
  const width = Math.max(digits, ...lines.map(({ name }) => name.length));
  const row = (name: string, cells: readonly string[]) =>
    `${name.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join('')}\n`;
  const print = (line: Line) => row(line.name, cellsOf(line, digits));
  const classes = classLines(report, names).map(print).join('');
  return `${row('', COLUMNS)}\n${classes}\n${averageLines(report).map(print).join('')}`;
}

/** The report as comma-separated values by RFC 4180, with every digit of the figures. */
export function reportCsv(report: ClassificationReport, names: readonly string[]): string {
  const rows = [...classLines(report, names), ...averageLines(report)].map(({ name, scores }) =>
    [name, scores.precision, scores.recall, scores.f1, scores.support].map((value) => csvCell(String(value))).join(','),
  );
  return [['class', ...COLUMNS].join(','), ...rows, ''].join('\r\n');
}

/** The report as a LaTeX table; its rules come from the package booktabs. */
export function reportLatex(report: ClassificationReport, names: readonly string[], digits = 3): string {
  const print = (line: Line) => `  ${[latexText(line.name), ...cellsOf(line, digits)].join(' & ')} \\\\`;
  return [
    '% \\usepackage{booktabs}',
    '\\begin{tabular}{lrrrr}',
    '  \\toprule',
    `  class & ${COLUMNS.join(' & ')} \\\\`,
    '  \\midrule',
    ...classLines(report, names).map(print),
    '  \\midrule',
    ...averageLines(report).map(print),
    '  \\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
}

function classLines({ classes }: ClassificationReport, names: readonly string[]): readonly Line[] {
  return classes.map((scores, c) => ({ name: names[c] ?? String(c), scores, once: false }));
}

function averageLines({ micro, macro, weighted, samples, microIsAccuracy }: ClassificationReport): readonly Line[] {
  return [
    { name: microIsAccuracy ? 'accuracy' : 'micro avg', scores: micro, once: microIsAccuracy },
    { name: 'macro avg', scores: macro, once: false },
    { name: 'weighted avg', scores: weighted, once: false },
    ...(samples === null ? [] : [{ name: 'samples avg', scores: samples, once: false }]),
  ];
}

function cellsOf({ scores, once }: Line, digits: number): readonly string[] {
  const [precision, recall, f1] = [scores.precision, scores.recall, scores.f1].map((value) => fixed(value, digits));
  return [once ? '' : (precision ?? ''), once ? '' : (recall ?? ''), f1 ?? '', String(scores.support)];
}

/**
 * A fraction with a fixed number of digits. Where it lies exactly between two, the even one is taken, as Python does and
 * `toFixed` does not: 0.125 is 0.12. Only odd multiples of 1 / 2^(digits + 1) lie there.
 */
function fixed(value: number, digits: number): string {
  const isTie = Math.abs(value * 2 ** (digits + 1)) % 2 === 1;
  if (!isTie) return value.toFixed(digits);
  const below = Math.floor(value * 10 ** digits);
  return ((below + (below % 2)) / 10 ** digits).toFixed(digits);
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function latexText(text: string): string {
  return text.replace(/[&%$#_{}]/g, '\\$&');
}
