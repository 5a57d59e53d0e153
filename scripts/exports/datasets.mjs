import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cutIntoShards } from '../data/shards.mjs';

/** @typedef {import('../../src/core/dataset/spec.ts').DatasetSpec} DatasetSpec */
/** @typedef {{ values: Uint8Array<ArrayBuffer>, labels: Uint8Array<ArrayBuffer> }} Samples values as they are stored */
/** @typedef {{ spec: DatasetSpec, train: Samples, test: Samples }} SmallData */

const SIDE = 10;

/** @type {Omit<DatasetSpec, 'id' | 'samples' | 'classes' | 'library'>} */
const COMMON = {
  title: 'Small',
  splits: { train: 120, test: 40 },
  words: { sample: { one: 'image', many: 'images' }, subject: { one: 'image', many: 'images' } },
  licence: { name: 'CC0', holder: 'nobody' },
  citation: 'Made to run the programs.',
  capabilities: [],
};

/** @type {DatasetSpec} */
const SPOTS = {
  ...COMMON,
  id: 'spots',
  samples: { kind: 'image', height: SIDE, width: SIDE, channels: 1, storage: 'uint8', scale: 255 },
  classes: ['one', 'two', 'three', 'four'],
  library: null,
};

/**
 * Small data sets, the same ones each time: images of a bright corner that programs read from files or from a library, and
 * rows of two classes.
 * @returns {Readonly<Record<'spots' | 'library' | 'rows', SmallData>>}
 */
export function smallDatasets() {
  const image = (/** @type {number} */ label, /** @type {() => number} */ chance) =>
    Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
      const corner = (i % SIDE >= SIDE / 2 ? 1 : 0) + (i >= (SIDE * SIDE) / 2 ? 2 : 0);
      return (corner === label ? 90 : 20) + 120 * chance();
    });
  const row = (/** @type {number} */ label, /** @type {() => number} */ chance) =>
    new Uint8Array(Float32Array.from({ length: 4 }, (_, i) => 2 * chance() - 1 + (i % 2 === label ? 0.4 : 0)).buffer);
  const names = ['pressure', 'humidity', 'wind', 'cloud'];
  /** @type {DatasetSpec} */
  const rows = {
    ...SPOTS,
    id: 'rows',
    samples: {
      kind: 'table',
      fields: names.map((name) => ({
        kind: 'number',
        name,
        unit: '',
        least: -10,
        most: 10,
        standardised: null,
        fill: null,
      })),
      answer: 'rain',
      storage: 'float32',
      scale: 1,
    },
    classes: ['dry', 'rain'],
  };
  return {
    spots: drawn(SPOTS, image),
    library: drawn(
      { ...SPOTS, id: 'library', library: { keras: 'fashion_mnist', torchvision: 'FashionMNIST' } },
      image,
    ),
    rows: drawn(rows, row),
  };
}

/**
 * @param {DatasetSpec} spec
 * @param {(label: number, chance: () => number) => Uint8Array} draw
 * @returns {SmallData}
 */
function drawn(spec, draw) {
  let state = 1;
  const chance = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const split = (/** @type {number} */ count) => {
    const labels = Uint8Array.from({ length: count }, () => Math.floor(chance() * spec.classes.length));
    return { labels, values: Uint8Array.from([...labels].flatMap((label) => [...draw(label, chance)])) };
  };
  return { spec, train: split(spec.splits.train), test: split(spec.splits.test) };
}

/**
 * Writes a data set as programs read it: images as a folder of its id, with a manifest and the shards that it lists; a table as a
 * CSV file, its rows to train on first.
 * @param {string} folder
 * @param {SmallData} data
 */
export function writeDataset(folder, { spec, train, test }) {
  if (spec.samples.kind === 'table') {
    writeFileSync(join(folder, `${spec.id}.csv`), csvOf(spec, spec.samples, [train, test]));
    return;
  }
  const own = join(folder, spec.id);
  mkdirSync(own, { recursive: true });
  const shards = [...cutIntoShards('train', train), ...cutIntoShards('test', test)];
  for (const { entry, stored } of shards) writeFileSync(join(own, entry.file), stored);
  writeFileSync(join(own, 'manifest.json'), JSON.stringify({ shards: shards.map(({ entry }) => entry) }));
}

/**
 * @param {DatasetSpec} spec
 * @param {import('../../src/core/dataset/spec.ts').TableSamples} samples of numbers that are left as they are
 * @param {readonly Samples[]} parts
 */
function csvOf({ classes }, { fields, answer }, parts) {
  const rows = parts.flatMap(({ labels, values }) => {
    const numbers = new Float32Array(values.buffer, values.byteOffset, values.length / 4);
    return [...labels].map((label, row) =>
      [...numbers.subarray(row * fields.length, (row + 1) * fields.length), classes[label]].join(','),
    );
  });
  return `${[[...fields.map(({ name }) => name), answer].join(','), ...rows].join('\n')}\n`;
}
