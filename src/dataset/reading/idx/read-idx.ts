import { countText, numberText } from '../../../core/text/number-text.ts';
import { MOST_SAMPLE_BYTES } from '../limits.ts';
import { RefusedFiles } from '../refusal.ts';
import type { SourceFile } from '../source-file.ts';
import type { FoundIdx } from './find-idx.ts';
import { idxValues, valueBytes } from './idx-file.ts';

/** The labels of IDX files, numbered from 0. */
export interface IdxLabels {
  /** What each class is called: by the mapping, or else by its number in the file. */
  readonly names: readonly string[];
  readonly train: Uint8Array<ArrayBuffer>;
  readonly test: Uint8Array<ArrayBuffer>;
}

const MOST_CLASSES = 100;

/** A mapping of EMNIST takes a kilobyte. */
const MOST_MAPPING_BYTES = 100_000;

/** Reads the labels; those that occur become 0, 1, 2 ... in their order. Throws a RefusedFiles where there are too many or too few. */
export async function readLabels({ train, test, mapping }: FoundIdx): Promise<IdxLabels> {
  const trainLabels = await idxValues(train.labels);
  const testLabels = test === null ? new Uint8Array() : await idxValues(test.labels);
  const found = [...new Set([...new Set(trainLabels), ...new Set(testLabels)])].sort((a, b) => a - b);
  if (found.length > MOST_CLASSES)
    throw new RefusedFiles(
      `There are ${countText(found.length)} classes in these labels, and the limit is ${MOST_CLASSES}.`,
    );
  if (found.length < 2)
    throw new RefusedFiles('All labels are the same, but a network learns to tell two or more classes apart.');
  const places = new Uint8Array(256);
  found.forEach((label, place) => {
    places[label] = place;
  });
  const numbered = (labels: Uint8Array<ArrayBuffer>) => labels.map((label) => places[label] ?? 0);
  return { names: await namesOf(found, mapping), train: numbered(trainLabels), test: numbered(testLabels) };
}

async function namesOf(labels: readonly number[], mapping: SourceFile | null): Promise<readonly string[]> {
  const plain = labels.map(String);
  if (mapping === null) return plain;
  const text = new TextDecoder().decode(await mapping.start(MOST_MAPPING_BYTES));
  const characters = new Map(
    text.split('\n').flatMap((line) => {
      const [label, code] = line.trim().split(/\s+/).map(Number);
      return label === undefined || code === undefined || !(code > 32 && code < 0x10000)
        ? []
        : [[label, String.fromCharCode(code)] as const];
    }),
  );
  const names = labels.map((label) => characters.get(label) ?? String(label));
  return new Set(names).size === names.length ? names : plain;
}

/** All images: [train + test, height, width, channels], with rows and columns exchanged where that is asked for. */
export async function readImages(
  { train, test, height, width, channels }: FoundIdx,
  transposes: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts = [train.images, ...(test === null ? [] : [test.images])];
  const total = parts.reduce((sum, part) => sum + valueBytes(part), 0);
  if (total > MOST_SAMPLE_BYTES) {
    throw new RefusedFiles(
      `These images take ${numberText(Math.round(total / 1e6))} MB, and a page can hold ${numberText(MOST_SAMPLE_BYTES / 1e6)} MB.`,
    );
  }
  const values = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    const read = await idxValues(part);
    values.set(read, at);
    at += read.length;
  }
  return transposes ? transposed(values, height, width, channels) : values;
}

/** Images with rows and columns exchanged: from [n, height, width, channels] to [n, width, height, channels]. */
function transposed(values: Uint8Array, height: number, width: number, channels: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(values.length);
  const size = height * width * channels;
  for (let start = 0; start < values.length; start += size) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [from, to] = [start + (y * width + x) * channels, start + (x * height + y) * channels];
        for (let channel = 0; channel < channels; channel++) result[to + channel] = values[from + channel] ?? 0;
      }
    }
  }
  return result;
}
