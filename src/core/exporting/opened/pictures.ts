import type { OpenedPictures } from '../../dataset/opened-files.ts';
import type { DatasetSpec, ImageSamples } from '../../dataset/spec.ts';
import { indented } from '../python.ts';
import { DRAWING_ORIGINALS, divisionLines, loadLines, SHUFFLING, shuffleLines } from './division.ts';
import { listOf } from './list.ts';

/** A function that reads a part of the pictures that were opened, and makes of each what the app makes of it. */
export function pictureReaderLines(
  dataset: DatasetSpec,
  samples: ImageSamples,
  opened: OpenedPictures,
): readonly string[] {
  const isAscii = dataset.classes.every((name) => [...name].every((letter) => letter < '\u0080'));
  return [
    '# The zip that was opened in the app, or the folder: put its path here. Pillow reads the pictures.',
    `path = Path(${JSON.stringify(opened.name)})`,
    `classes = ${listOf(dataset.classes)}`,
    ...(opened.testFolders === null ? divisionLines(opened) : shuffleLines(opened)),
    '',
    '',
    ...fileLines(isAscii),
    '',
    '',
    ...sampleLines(samples, opened),
    '',
    '',
    ...AREAS,
    '',
    '',
    ...(opened.testFolders === null ? DRAWING_ORIGINALS : SHUFFLING),
    '',
    '',
    ...readLines(opened),
    '',
    '',
    ...loadLines(dataset.splits, dataset.words.sample.many),
  ];
}

function fileLines(isAscii: boolean): readonly string[] {
  return [
    'def files():',
    ...indented([
      '"""The path of each picture and what reads it, in the order of the app."""',
      'if path.is_dir():',
      ...indented([
        'found = [(file.relative_to(path).as_posix(), file.read_bytes) for file in path.rglob("*") if file.is_file()]',
      ]),
      'else:',
      ...indented([
        `archive = zipfile.ZipFile(path${isAscii ? '' : ', metadata_encoding="utf-8"'})`,
        'found = [(name, functools.partial(archive.read, name)) for name in archive.namelist()]',
      ]),
      'kinds = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp")',
      'hidden = re.compile(r"(^|/)(__MACOSX/|\\.[^./])")',
      'return sorted(',
      ...indented([
        '[(name, read) for name, read in found if name.lower().endswith(kinds) and not hidden.search(name)],',
        'key=lambda file: file[0],',
      ]),
      ')',
    ]),
  ];
}

function sampleLines({ height: side, channels }: ImageSamples, { fit }: OpenedPictures): readonly string[] {
  const sized =
    fit === 'crop'
      ? [
          'edge = min(high, wide)',
          'top, left = (high - edge) // 2, (wide - edge) // 2',
          'image = image[top : top + edge, left : left + edge]',
          `rows = columns = ${side}`,
        ]
      : [
          `scale = min(${side} / high, ${side} / wide)`,
          'rows, columns = (max(1, math.floor(edge * scale + 0.5)) for edge in (high, wide))',
        ];
  return [
    'def sample(raw):',
    ...indented([
      `"""A picture as ${side}x${side} pixels; None where it cannot be read. The app scales those beyond 1,024 pixels twice."""`,
      'try:',
      ...indented([
        'image = Image.open(io.BytesIO(raw))',
        'if getattr(image, "is_animated", False):',
        ...indented(['return None']),
        'image = np.asarray(ImageOps.exif_transpose(image).convert("RGBA"), "float64")',
      ]),
      'except (OSError, SyntaxError, ValueError):',
      ...indented(['return None']),
      'opaque = image[..., 3:] / 255',
      'image = image[..., :3] * opaque + 255 * (1 - opaque)',
      'high, wide = image.shape[:2]',
      ...sized,
      'image = np.einsum("ry,cx,yxk->rck", areas(image.shape[0], rows), areas(image.shape[1], columns), image, optimize=True)',
      ...(channels === 1 ? ['image = image @ [[0.299], [0.587], [0.114]]'] : []),
      `result = np.zeros((${side}, ${side}, ${channels}), "uint8")`,
      `top, left = (${side} - rows) // 2, (${side} - columns) // 2`,
      'result[top : top + rows, left : left + columns] = np.floor(image + 0.5)',
      'return result',
    ]),
  ];
}

const AREAS: readonly string[] = [
  'def areas(length, count):',
  ...indented([
    '"""Which share each of the pixels along an edge has in each of fewer or more: [count, length]."""',
    'edges = np.arange(count + 1)[:, None] * (length / count)',
    'return np.diff(np.clip(edges - np.arange(length), 0, 1), axis=0) / (length / count)',
  ]),
];

function readLines({ testFolders }: OpenedPictures): readonly string[] {
  const last = testFolders === null ? 'depth' : 'depth + 1';
  return [
    '@functools.cache',
    'def read():',
    ...indented([
      '"""All pictures as samples, their classes, and which are to test on."""',
      'values, labels, tests = [], [], []',
      'found = files()',
      '# How many folders are around all.',
      'depth = len(Path(os.path.commonpath([Path(name).parent for name, _ in found])).parts)',
      'for name, content in found:',
      ...indented([
        'folders = name.split("/")[:-1]',
        `label = folders[${last}].strip()[:60].strip() if len(folders) > ${last} else None`,
        'value = sample(content()) if label in classes else None',
        'if value is not None:',
        ...indented([
          'values.append(value)',
          'labels.append(classes.index(label))',
          ...(testFolders === null ? [] : [`tests.append(folders[depth].lower() in ${listOf(testFolders)})`]),
        ]),
      ]),
      'values, labels = np.stack(values), np.array(labels, "uint8")',
      testFolders === null
        ? 'return values, labels, drawn_with_copies(values, labels)'
        : 'return values, labels, np.array(tests)',
    ]),
  ];
}
