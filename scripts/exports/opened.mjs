import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, inflateSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import { kerasCode } from '../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../src/core/exporting/pytorch.ts';
import { analyse } from '../../src/core/network/graph.ts';
import { defaultRecipe } from '../../src/core/training/recipe.ts';
import { makeIdx } from '../../src/dataset/reading/idx/make-idx.ts';
import { makePictures } from '../../src/dataset/reading/images/make-pictures.ts';
import { UnreadableFile } from '../../src/dataset/reading/source-file.ts';
import { makeTable } from '../../src/dataset/reading/table/make-table.ts';
import { readTable } from '../../src/dataset/reading/table/read-table.ts';
import { suggestionsFor } from '../../src/dataset/reading/table/suggest.ts';
import { surveyColumns } from '../../src/dataset/reading/table/survey.ts';
import { layers } from '../../tests/fixtures/specs/fixture.ts';
import { digitIdxFiles } from '../../tests/support/proof-datasets.ts';
import { shapesZip } from '../../tests/support/shape-pictures.ts';

/** @typedef {Readonly<Record<string, Uint8Array<ArrayBuffer>>>} Files by their paths */
/** @typedef {import('../../src/dataset/reading/made.ts').Made} Made */

/**
 * A data set that was made of files, and the programs that are to make the same of them.
 * @typedef {object} OpenedCase
 * @property {string} name
 * @property {Files} files what the programs find beside them
 * @property {import('../../src/dataset/own/keep.ts').MadeData['samples']} samples what the app makes of them
 * @property {object} given for cases.json
 */

/**
 * The cases that are wanted: files of every kind that can be opened, in every way in which they are divided.
 * @param {(name: string) => boolean} wanted
 * @returns {Promise<readonly OpenedCase[]>}
 */
export async function openedCases(wanted) {
  const shapes = shapesZip();
  const unpacked = packedAway(unzipSync(shapes));
  const [zip, folder] = [{ 'shapes.zip': shapes }, unpacked];
  const parts = packedAway(
    renamed(unpacked, (path, i) => path.replace('shapes/', i % 3 === 0 ? 'parts/Test/' : 'parts/train/')),
  );
  const digits = Object.fromEntries(digitIdxFiles());
  const two = renamed(pick(digits, /t10k/), (path) => `own/${path}`);
  const packed = Object.fromEntries(Object.entries(digits).map(([name, bytes]) => [`${name}.gz`, packedAs(bytes)]));
  const gray = /** @type {const} */ ({ side: 28, channels: 1, fit: 'fit' });
  const colour = /** @type {const} */ ({ side: 32, channels: 3, fit: 'crop' });
  /** @type {Readonly<Record<string, readonly [Files, () => Promise<Made>]>>} */
  const cases = {
    'a zip of pictures': [zip, () => pictures(zip, gray)],
    'a folder of pictures': [folder, () => pictures(folder, colour)],
    'folders to train and to test on': [parts, () => pictures(parts, colour)],
    'the four IDX files, packed': [packed, () => idx(packed, 10, false)],
    'IDX files of which some are set aside, in a zip': [
      { 'digits.zip': zipped(two) },
      () => idx({ 'digits.zip': zipped(two) }, 10, true),
    ],
    'a table with semicolons and decimal commas': [{ 'days.csv': SEMICOLONS }, () => table('days.csv', SEMICOLONS)],
    'a table with commas and no names': [{ 'plain.csv': PLAIN }, () => table('plain.csv', PLAIN)],
  };
  return Promise.all(
    Object.entries(cases)
      .filter(([name]) => wanted(`opened: ${name}`))
      .map(([name, [files, make]]) => caseOf(`opened: ${name}`, files, make)),
  );
}

/**
 * @param {string} name
 * @param {Files} files
 * @param {() => Promise<Made>} make
 * @returns {Promise<OpenedCase>}
 */
async function caseOf(name, files, make) {
  const { description, samples } = (await make()).data;
  const splits = { train: samples.train.labels.length, test: samples.test.labels.length };
  const spec = { ...description, id: 'opened-0123abcd', splits };
  const output = /** @type {const} */ (['dense', { units: spec.classes.length, activation: 'softmax' }]);
  const { graph } = analyse(
    { layers: spec.samples.kind === 'image' ? layers(['flatten'], output) : layers(output) },
    spec,
  );
  if (graph === null) throw new Error(`${name}: the network does not fit.`);
  const recipe = { ...defaultRecipe(spec), epochs: 1 };
  const programs = { torch: pytorchCode(graph, recipe), keras: kerasCode(graph, recipe) };
  const given = { name, dataset: spec.id, programs, inOrder: false, weights: [], probe: null, samples: true };
  return { name, files, samples, given };
}

/** @type {(files: Files) => readonly import('../../src/dataset/reading/opened.ts').Opened[]} */
function openedOf(files) {
  return Object.entries(files).map(([path, bytes]) => ({ path, contents: new Blob([bytes]) }));
}

/** @type {(files: Files, form: import('../../src/core/imaging/sample.ts').SampleForm) => Promise<Made>} */
function pictures(files, form) {
  return makePictures(openedOf(files), { title: 'Opened', testShare: 0.2, seed: 7, ...form }, decode, () => {});
}

/** @type {(files: Files, classes: number, transposes: boolean) => Promise<Made>} */
function idx(files, classes, transposes) {
  const names = Array.from({ length: classes }, (_, label) => String(label));
  return makeIdx(openedOf(files), { title: 'Opened', testShare: 0.25, seed: 3, classes: names, transposes });
}

/** @type {(name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Made>} */
async function table(name, bytes) {
  const read = await readTable(new Blob([bytes]), () => {});
  const [{ choices }] = suggestionsFor('Opened', surveyColumns(read.table));
  return makeTable(name, read, choices);
}

/**
 * The pictures of `png.ts`, which has no filters; not what is damaged.
 * @type {import('../../src/dataset/reading/images/read-pictures.ts').Decode}
 */
async function decode(bytes) {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const [width, height] = [view.getUint32(16), view.getUint32(20)];
    const start = 8 + 25;
    const raw = inflateSync(bytes.subarray(start + 8, start + 8 + view.getUint32(start)));
    const data = new Uint8ClampedArray(width * height * 4);
    for (let y = 0; y < height; y++) {
      const from = y * (1 + width * 4) + 1;
      data.set(raw.subarray(from, from + width * 4), y * width * 4);
    }
    return { width, height, data };
  } catch {
    throw new UnreadableFile('is damaged');
  }
}

/** Two numbers, of which one is missing at times, a category and an answer; with rows that are left out. */
const SEMICOLONS = textBytes(
  [
    'Tag;W\u00e4rme;sky;"rain; mm"',
    ...Array.from({ length: 300 }, (_, i) => {
      const warmth = i % 17 === 3 ? 'NA' : String(((i * 7919) % 400) / 10).replace('.', ',');
      const sky = ['clear', 'cloudy', '"fog"', ''][(i * 31) % 4];
      return `2020-01-${1 + (i % 28)};${warmth};${sky};${i % 40 === 9 ? '' : (i * 13) % 7 < 3 ? 'yes' : 'no'}${i % 50 === 20 ? ';more' : ''}`;
    }),
    'too;short',
  ].join('\r\n'),
);

/** Numbers only, some in groups of three. */
const PLAIN = textBytes(
  Array.from(
    { length: 200 },
    (_, i) => `${(i * 37) % 100},"1,${String((i * 11) % 1000).padStart(3, '0')}.5",${i % 3}`,
  ).join('\n'),
);

/** @type {(text: string) => Uint8Array<ArrayBuffer>} */
function textBytes(text) {
  return new TextEncoder().encode(text);
}

/** @type {(bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>} */
function packedAs(bytes) {
  return Uint8Array.from(gzipSync(bytes));
}

/** @type {(files: Files) => Uint8Array<ArrayBuffer>} */
function zipped(files) {
  return Uint8Array.from(zipSync({ ...files }));
}

/** @type {(files: Record<string, Uint8Array>) => Files} */
function packedAway(files) {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, Uint8Array.from(bytes)]));
}

/** @type {(files: Files, rename: (path: string, i: number) => string) => Files} */
function renamed(files, rename) {
  return Object.fromEntries(Object.entries(files).map(([path, bytes], i) => [rename(path, i), bytes]));
}

/** @type {(files: Files, pattern: RegExp) => Files} */
function pick(files, pattern) {
  return Object.fromEntries(Object.entries(files).filter(([path]) => pattern.test(path)));
}

/** @type {(folder: string, files: Readonly<Record<string, Uint8Array>>) => void} */
export function writeFiles(folder, files) {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** Shares of a pixel are added up in another order, so that a half may be rounded the other way. */
const MOST_PIXEL = 1;
const MOST_NUMBER = 1e-6;

/**
 * Where the samples of a program differ from those of the app; empty where they do not.
 * @param {OpenedCase} prepared
 * @param {{ samples: Record<'train' | 'test', { labels: number[], values: number[] }> }} done
 * @returns {readonly string[]}
 */
export function sampleDifferences({ samples }, done) {
  return /** @type {const} */ (['train', 'test']).flatMap((split) => {
    const { labels, values } = samples[split];
    const program = done.samples[split];
    if (program.labels.length !== labels.length) return [`${program.labels.length} to ${split}, not ${labels.length}`];
    if (labels.some((label, i) => label !== program.labels[i])) return [`other classes to ${split}`];
    const isTable = values.length === program.values.length * 4;
    const own = isTable ? new Float32Array(values.buffer, values.byteOffset, values.length / 4) : values;
    const most = Array.from(own).reduce(
      (worst, value, i) => Math.max(worst, Math.abs(value - (program.values[i] ?? Infinity))),
      0,
    );
    return most <= (isTable ? MOST_NUMBER : MOST_PIXEL) ? [] : [`values to ${split} apart by ${most}`];
  });
}
