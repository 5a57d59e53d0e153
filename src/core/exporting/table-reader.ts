import { isOwnId } from '../dataset/own-dataset.ts';
import type { DatasetSpec, Field, TableSamples } from '../dataset/spec.ts';
import { indented, real } from './python.ts';

/**
 * A function that reads a part of a table from its CSV file, and makes of each row what the app makes of it. A table that comes
 * with the app has a file with the rows to train on first; of one that was opened, as many rows of each class are drawn anew.
 */
export function tableReaderLines(dataset: DatasetSpec, samples: TableSamples): readonly string[] {
  const isOwn = isOwnId(dataset.id);
  const file = `${isOwn ? dataset.id.replace(/-[0-9a-f]{8}$/, '') : dataset.id}.csv`;
  return [
    isOwn
      ? '# The table that was opened in the app: put its path here.'
      : `# The table, from the folder data-${dataset.id} of the app. Its rows to train on come first.`,
    `path = Path(${JSON.stringify(file)})`,
    '',
    '# How each column becomes values, from the training rows: the mean and the deviation of numbers, or the names of categories.',
    '# After it, what stands for a missing cell; where that is None, its row is left out.',
    'columns = [',
    ...indented(samples.fields.map((field) => `${columnOf(field)},`)),
    ']',
    `classes = ${list(dataset.classes)}`,
    'nothing = ["", "na", "n/a", "nan", "null", "?", "-", ".", "#n/a"]',
    '',
    '',
    ...cellLines(isOwn),
    '',
    '',
    ...encodeLines(),
    '',
    '',
    ...labelLines(samples),
    '',
    '',
    ...loadLines(dataset, isOwn),
  ];
}

/** A column as a tuple: name, rule, substitute. */
function columnOf(field: Field): string {
  const name = JSON.stringify(field.name);
  if (field.kind === 'category') {
    return `(${name}, ${list(field.categories)}, ${field.fill === null ? 'None' : JSON.stringify(field.fill)})`;
  }
  const { mean, deviation } = field.standardised ?? { mean: 0, deviation: 1 };
  const fill = field.fill === null ? 'None' : real(field.fill).code;
  return `(${name}, (${real(mean).code}, ${real(deviation).code}), ${fill})`;
}

function list(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;
}

function cellLines(isOwn: boolean): readonly string[] {
  return [
    'def number(cell):',
    ...indented([
      '"""A number; None where the text is none."""',
      'try:',
      // A file with other delimiters may have decimal commas.
      ...indented([isOwn ? 'value = float(cell.replace(",", "."))' : 'value = float(cell)']),
      'except ValueError:',
      ...indented(['return None']),
      'return value if math.isfinite(value) else None',
    ]),
  ];
}

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

function labelLines({ answer, threshold }: TableSamples): readonly string[] {
  const cell = `row[${JSON.stringify(answer)}].strip()`;
  const body =
    threshold === undefined
      ? [`cell = ${cell}`, 'return classes.index(cell) if cell in classes else None']
      : [`value = number(${cell})`, `return None if value is None else int(value >= ${real(threshold).code})`];
  return ['def label(row):', ...indented(['"""The class of a row; None where it has no answer."""', ...body])];
}

function loadLines({ splits, words }: DatasetSpec, isOwn: boolean): readonly string[] {
  const share = Number((splits.test / (splits.train + splits.test)).toFixed(4));
  const reading = isOwn
    ? [
        'delimiter = csv.Sniffer().sniff(file.readline(), ",;\\t|").delimiter',
        'file.seek(0)',
        ...readRows('file, delimiter=delimiter'),
      ]
    : readRows('file');
  const dividing = isOwn
    ? [
        '# The app drew other rows to test on, as many of each class.',
        'drawn = np.random.default_rng(0).permutation(len(rows))',
        'by_class = [[at for at in drawn if rows[at][1] == each] for each in range(len(classes))]',
        `test = {at for places in by_class for at in places[: round(len(places) * ${share})]}`,
        'rows = [row for at, row in enumerate(rows) if (at in test) == (split == "test")]',
      ]
    : [`rows = rows[:${splits.train}] if split == "train" else rows[${splits.train}:]`];
  return [
    'def load(split):',
    ...indented([
      `"""The ${words.sample.many} and the labels of "train" or "test"."""`,
      'with path.open(newline="", encoding="utf-8-sig") as file:',
      ...indented(reading),
      'rows = [(values, answer) for values, answer in rows if values is not None and answer is not None]',
      ...dividing,
      'values, labels = zip(*rows)',
      'return np.array(values, "float32"), np.array(labels, "uint8")',
    ]),
  ];
}

function readRows(source: string): readonly string[] {
  return [`rows = [(encode(row), label(row)) for row in csv.DictReader(${source})]`];
}
