import { idxHeader, parseIdx } from '../../scripts/data/idx-bytes.mjs';
import type { DatasetSpec, Samples, Split } from '../../src/core/dataset/spec.ts';
import { streamKey, uniformAt } from '../../src/core/random.ts';
import { sha256 } from '../../src/dataset/digest.ts';
import type { LabelledSamples } from '../../src/dataset/store.ts';

/**
 * Small data sets that are nothing like the one that comes with the app, made anew by each test: color images, digits that
 * come as IDX files, and a table of floats.
 */
export interface ProofDataset {
  readonly spec: DatasetSpec;
  readonly samples: Readonly<Record<Split, LabelledSamples>>;
}

/** Samples of a shard: a number that fills no row of a texture, and divides no split. */
const SHARD_SAMPLES = 170;

/** Numbers from 0 to below 1, always the same ones. */
class Chance {
  readonly #key: ReturnType<typeof streamKey>;
  #at = 0;

  constructor(stream: number) {
    this.#key = streamKey(2018, 'sample', stream);
  }

  next(): number {
    return uniformAt(this.#key, this.#at++);
  }

  /** A whole number from 0 to below n. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
}

interface Words {
  readonly id: string;
  readonly title: string;
  readonly samples: Samples;
  readonly classes: readonly string[];
  readonly subject: string;
}

function specOf({ id, title, samples, classes, subject }: Words, splits: DatasetSpec['splits']): DatasetSpec {
  const sample = samples.kind === 'image' ? { one: 'image', many: 'images' } : { one: 'row', many: 'rows' };
  return {
    id,
    title,
    samples,
    classes,
    splits,
    words: { sample, subject: { one: subject, many: `${subject}s` } },
    licence: { name: 'CC0', holder: 'nobody' },
    citation: 'Made by the tests.',
    library: null,
    capabilities: [],
  };
}

/** Discs and stripes, warm or cold, on a dim ground: images of 20x24x3, which need all channels and neighbouring pixels. */
export function patches(): ProofDataset {
  const [height, width, channels] = [20, 24, 3];
  const spec = specOf(
    {
      id: 'patches',
      title: 'Patches',
      samples: { kind: 'image', height, width, channels, storage: 'uint8', scale: 255 },
      classes: ['warm disc', 'warm stripes', 'cold disc', 'cold stripes'],
      subject: 'shape',
    },
    { train: 600, test: 200 },
  );
  const draw = (label: number, chance: Chance): Uint8Array => {
    const [x0, y0, size] = [7 + chance.below(10), 6 + chance.below(8), 4 + chance.below(3)];
    const isInside = (x: number, y: number) =>
      label % 2 === 0 ? (x - x0) ** 2 + (y - y0) ** 2 <= size ** 2 : Math.abs(y - y0) <= size && (x - x0) % 4 < 2;
    const color = label < 2 ? [220, 120, 40] : [40, 120, 220];
    return Uint8Array.from({ length: height * width * channels }, (_, at) => {
      const [pixel, channel] = [Math.floor(at / channels), at % channels];
      const lit = isInside(pixel % width, Math.floor(pixel / width));
      return (lit ? (color[channel] ?? 0) : 60) + chance.below(30);
    });
  };
  return { spec, samples: { train: drawn(spec, 'train', draw), test: drawn(spec, 'test', draw) } };
}

/** Samples of a split with the classes in turn. */
function drawn(spec: DatasetSpec, split: Split, draw: (label: number, chance: Chance) => Uint8Array): LabelledSamples {
  const chance = new Chance(split === 'train' ? 1 : 2);
  const labels = Uint8Array.from({ length: spec.splits[split] }, (_, i) => i % spec.classes.length);
  return { labels, values: joined(Array.from(labels, (label) => draw(label, chance))) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A font of 5x7: each digit's rows from the top, the leftmost pixel in the highest of five bits. */
const FONT: readonly (readonly number[])[] = [
  [14, 17, 19, 21, 25, 17, 14],
  [4, 12, 4, 4, 4, 4, 14],
  [14, 17, 1, 2, 4, 8, 31],
  [31, 2, 4, 2, 1, 17, 14],
  [2, 6, 10, 18, 31, 2, 2],
  [31, 16, 30, 1, 1, 17, 14],
  [6, 8, 16, 30, 17, 17, 14],
  [31, 1, 2, 4, 8, 8, 8],
  [14, 17, 17, 14, 17, 17, 14],
  [14, 17, 17, 15, 1, 2, 12],
];

const DIGIT_SIDE = 16;

/** Digits of 16x16 as the four IDX files that they come in, by name. */
export function digitIdxFiles(): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [prefix, count, stream] of [
    ['train', 800, 3],
    ['t10k', 200, 4],
  ] as const) {
    const chance = new Chance(stream);
    const labels = Uint8Array.from({ length: count }, () => chance.below(10));
    const images = joined(Array.from(labels, (label) => digit(label, chance)));
    const shape = [count, DIGIT_SIDE, DIGIT_SIDE];
    files.set(`${prefix}-images-idx3-ubyte`, joined([idxHeader(shape), images]));
    files.set(`${prefix}-labels-idx1-ubyte`, joined([idxHeader([count]), labels]));
  }
  return files;
}

/** A digit in twice the size of its font, somewhere in the image, brighter or darker, with some noise. */
function digit(label: number, chance: Chance): Uint8Array {
  const [left, top, ink] = [chance.below(7), chance.below(3), 150 + chance.below(80)];
  return Uint8Array.from({ length: DIGIT_SIDE ** 2 }, (_, at) => {
    const [column, row] = [((at % DIGIT_SIDE) - left) >> 1, (Math.floor(at / DIGIT_SIDE) - top) >> 1];
    const lit = column >= 0 && column < 5 && (((FONT[label]?.[row] ?? 0) >> (4 - column)) & 1) === 1;
    return (lit ? ink : 0) + chance.below(25);
  });
}

/** The digits, read from their IDX files. */
export function digits(): ProofDataset {
  const files = digitIdxFiles();
  const read = (prefix: string): LabelledSamples => {
    const [values, labels] = ['images-idx3', 'labels-idx1'].map((kind) => {
      const data = parseIdx(files.get(`${prefix}-${kind}-ubyte`) ?? new Uint8Array());
      if (data === null) throw new Error('The digits are no IDX files.');
      return data.bytes.slice();
    });
    return { labels: labels ?? new Uint8Array(), values: values ?? new Uint8Array() };
  };
  const samples = { train: read('train'), test: read('t10k') };
  const spec = specOf(
    {
      id: 'font-digits',
      title: 'Digits',
      samples: {
        kind: 'image',
        height: DIGIT_SIDE,
        width: DIGIT_SIDE,
        channels: 1,
        storage: 'uint8',
        scale: 255,
      },
      classes: Array.from({ length: 10 }, (_, number) => String(number)),
      subject: 'digit',
    },
    { train: samples.train.labels.length, test: samples.test.labels.length },
  );
  return { spec, samples };
}

/** Images of 10x10 with one bright pixel, whose place is the class: up to 100 classes, of which each has four images to learn from. */
export function places(classes: number): ProofDataset {
  const side = 10;
  const spec = specOf(
    {
      id: `places-${classes}`,
      title: 'Places',
      samples: { kind: 'image', height: side, width: side, channels: 1, storage: 'uint8', scale: 255 },
      classes: Array.from({ length: classes }, (_, label) => `row ${Math.floor(label / side)}, ${label % side}`),
      subject: 'place',
    },
    { train: 4 * classes, test: 2 * classes },
  );
  const draw = (label: number, chance: Chance): Uint8Array =>
    Uint8Array.from({ length: side ** 2 }, (_, at) => (at === label ? 255 : chance.below(30)));
  return { spec, samples: { train: drawn(spec, 'train', draw), test: drawn(spec, 'test', draw) } };
}

/** A table of three floats in two classes, which a bent line parts. */
export function points(): ProofDataset {
  const spec = specOf(
    {
      id: 'points',
      title: 'Points',
      samples: {
        kind: 'table',
        fields: [
          { name: 'across', unit: 'mm', least: -10, most: 10 },
          { name: 'up', unit: 'mm', least: -7, most: 12 },
          { name: 'noise', unit: '', least: 0, most: 10 },
        ].map((field) => ({ kind: 'number', ...field, standardised: null, fill: null }) as const),
        answer: 'side',
        storage: 'float32',
        scale: 10,
      },
      classes: ['below', 'above'],
      subject: 'point',
    },
    { train: 500, test: 160 },
  );
  const draw = (label: number, chance: Chance): Uint8Array => {
    const across = 20 * chance.next() - 10;
    const far = 1 + 6 * chance.next();
    const up = across ** 2 / 20 + (label === 1 ? far : -far);
    return new Uint8Array(Float32Array.of(across, up, 10 * chance.next()).buffer);
  };
  return { spec, samples: { train: drawn(spec, 'train', draw), test: drawn(spec, 'test', draw) } };
}

/** The files of a data folder by name: the manifest and gzipped shards. */
export async function folderOf({ spec, samples }: ProofDataset): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const shards: object[] = [];
  for (const split of ['train', 'test'] as const) {
    const { labels, values } = samples[split];
    const size = values.length / labels.length;
    for (let start = 0; start < labels.length; start += SHARD_SAMPLES) {
      const end = Math.min(start + SHARD_SAMPLES, labels.length);
      const raw = joined([labels.subarray(start, end), values.subarray(start * size, end * size)]);
      const stored = await gzipped(raw);
      const file = `${split}-${start}.bin`;
      files.set(file, stored);
      shards.push({ file, split, count: end - start, stored: await digestOf(stored), raw: await digestOf(raw) });
    }
  }
  const { splits: _, ...description } = spec;
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify({ format: 2, ...description, shards })));
  return files;
}

async function gzipped(raw: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([raw]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>) {
  return { bytes: bytes.length, sha256: await sha256(bytes) };
}
