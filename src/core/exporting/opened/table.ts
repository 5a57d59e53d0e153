import type { OpenedTable } from '../../dataset/opened-files.ts';
import type { DatasetSpec, TableSamples } from '../../dataset/spec.ts';
import { indented } from '../python.ts';
import { readerLines } from '../table-lines.ts';
import { DRAWING, divisionLines, loadLines } from './division.ts';

/** A function that reads a part of the table that was opened, and makes of each row what the app makes of it. */
export function openedTableLines(dataset: DatasetSpec, samples: TableSamples, opened: OpenedTable): readonly string[] {
  return readerLines(dataset, samples, {
    head: [
      '# The table that was opened in the app: put its path here.',
      `path = Path(${JSON.stringify(opened.name)})`,
      ...divisionLines(opened),
    ],
    places: ['# Where they are in the table.', `places = ${placesOf(samples, opened)}`],
    number: numberLines(opened),
    reading: [DRAWING, readLines(opened), loadLines(dataset.splits, dataset.words.sample.many)],
  });
}

function placesOf({ fields, answer }: TableSamples, opened: OpenedTable): string {
  const entries = [
    ...fields.map(({ name }, i) => [name, opened.columns[i] ?? 0] as const),
    [answer, opened.answer] as const,
  ];
  return `{${entries.map(([name, place]) => `${JSON.stringify(name)}: ${place}`).join(', ')}}`;
}

/** As the app reads numbers: with a decimal comma where commas do not part the cells. */
function numberLines({ form: { delimiter } }: OpenedTable): readonly string[] {
  const grouped =
    delimiter === ';' || delimiter === '\t'
      ? ['[+-]?(\\d{1,3}(\\.\\d{3})+|\\d+),\\d+', 'cell = cell.replace(".", "").replace(",", ".")']
      : ['[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?', 'cell = cell.replace(",", "")'];
  return [
    'def number(cell):',
    ...indented([
      '"""A number; None where the text is none."""',
      `if re.fullmatch(r"${grouped[0]}", cell):`,
      ...indented([grouped[1] ?? '']),
      'try:',
      ...indented(['value = float(cell)']),
      'except ValueError:',
      ...indented(['return None']),
      'return value if math.isfinite(value) and "_" not in cell else None',
    ]),
  ];
}

const CODECS = { 'utf-8': 'utf-8-sig', 'utf-16': 'utf-16', 'windows-1252': 'cp1252' } as const;

function readLines({ form }: OpenedTable): readonly string[] {
  const { encoding, delimiter, hasNames, width } = form;
  return [
    '@functools.cache',
    'def read():',
    ...indented([
      '"""All rows that have what they need, their classes, and which are to test on."""',
      'values, labels = [], []',
      `with path.open(newline="", encoding="${CODECS[encoding]}") as file:`,
      ...indented([
        `table = csv.reader(file, delimiter=${JSON.stringify(delimiter)})`,
        'cells = [row for row in table if len(row) > 1 or "".join(row).strip()]',
      ]),
      `for row in cells${hasNames ? '[1:]' : ''}:`,
      ...indented([
        `if len(row) < ${width} or any(cell.strip() for cell in row[${width}:]):`,
        ...indented(['continue']),
        'row = {name: row[place] for name, place in places.items()}',
        'value, answer = encode(row), label(row)',
        'if value is not None and answer is not None:',
        ...indented(['values.append(value)', 'labels.append(answer)']),
      ]),
      'labels = np.array(labels, "uint8")',
      'return np.array(values, "float32"), labels, drawn(labels)',
    ]),
  ];
}
