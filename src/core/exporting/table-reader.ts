import { isOwnId } from '../dataset/own-dataset.ts';
import type { DatasetSpec, TableSamples } from '../dataset/spec.ts';
import { openedTableLines } from './opened/table.ts';
import { indented } from './python.ts';
import { readerLines } from './table-lines.ts';

/**
 * A function that reads a part of a table from its CSV file, and makes of each row what the app makes of it. A table that comes
 * with the app has a file with the rows to train on first; of one that was opened, the same rows are tested on, or as many of
 * each class drawn anew where an older version of the app did not note down how it was divided.
 */
export function tableReaderLines(dataset: DatasetSpec, samples: TableSamples): readonly string[] {
  if (dataset.opened?.kind === 'table') return openedTableLines(dataset, samples, dataset.opened);
  const isOwn = isOwnId(dataset.id);
  const file = `${isOwn ? dataset.id.replace(/-[0-9a-f]{8}$/, '') : dataset.id}.csv`;
  return readerLines(dataset, samples, {
    head: [
      isOwn
        ? '# The table that was opened in the app: put its path here.'
        : `# The table, from the folder data-${dataset.id} of the app. Its rows to train on come first.`,
      `path = Path(${JSON.stringify(file)})`,
    ],
    number: cellLines(isOwn),
    reading: [loadLines(dataset, isOwn)],
  });
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
