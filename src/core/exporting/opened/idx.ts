import type { OpenedIdx } from '../../dataset/opened-files.ts';
import { type DatasetSpec, inputShapeOf } from '../../dataset/spec.ts';
import { call, indented } from '../python.ts';
import { DRAWING_ORIGINALS, divisionLines, loadLines, SHUFFLING, shuffleLines } from './division.ts';

/** A function that reads a part of the IDX files that were opened. */
export function idxReaderLines(dataset: DatasetSpec, opened: OpenedIdx): readonly string[] {
  const { name, train, test } = opened;
  const isZip = /\.zip$/i.test(name);
  const names = [train, ...(test === null ? [] : [test])];
  return [
    `# ${isZip ? 'The zip that was opened in the app, or the folder with what is in it' : 'The folder with the files that were opened in the app'}: put its path here.`,
    `path = Path(${JSON.stringify(name)})`,
    ...(test === null
      ? [`classes = range(${dataset.classes.length})`, ...divisionLines(opened)]
      : shuffleLines(opened)),
    '',
    '',
    ...IDX,
    '',
    '',
    ...(test === null ? DRAWING_ORIGINALS : SHUFFLING),
    '',
    '',
    '@functools.cache',
    'def read():',
    ...indented([
      '"""All images, their classes, and which are to test on."""',
      `pairs = [${names.map(({ images, labels }) => `(idx(${JSON.stringify(images)}), idx(${JSON.stringify(labels)}))`).join(', ')}]`,
      `values = np.concatenate([images for images, _ in pairs])${opened.transposes ? '.swapaxes(1, 2)' : ''}`,
      '# Labels are numbered anew where some are left out.',
      'labels = np.unique(np.concatenate([labels for _, labels in pairs]), return_inverse=True)[1].astype("uint8")',
      `values = ${call('values.reshape', [-1, ...inputShapeOf(dataset)])}`,
      test === null
        ? 'return values, labels, drawn_with_copies(values, labels)'
        : 'return values, labels, np.arange(len(labels)) >= len(pairs[0][1])',
    ]),
    '',
    '',
    ...loadLines(dataset.splits, dataset.words.sample.many),
  ];
}

const IDX: readonly string[] = [
  'def idx(name):',
  ...indented([
    '"""The bytes of an IDX file, in its shape."""',
    'raw = (path / name).read_bytes() if path.is_dir() else zipfile.ZipFile(path).read(name)',
    'if raw[:2] == b"\\x1f\\x8b":',
    ...indented(['raw = gzip.decompress(raw)']),
    'shape = [int.from_bytes(raw[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(raw[3])]',
    'return np.frombuffer(raw, "uint8", offset=4 + 4 * raw[3]).reshape(shape)',
  ]),
];
