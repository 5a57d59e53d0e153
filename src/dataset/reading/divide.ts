import type { Split } from '../../core/dataset/spec.ts';
import { permutation, streamKey } from '../../core/random.ts';
import { countOf } from '../../core/text/nouns.ts';
import type { LabelledSamples } from '../store.ts';
import { RefusedFiles } from './refusal.ts';
import { testSamples } from './stratified.ts';

/** Samples that were read, before they are divided. */
export interface ReadSamples extends LabelledSamples {
  /** Bytes of a sample. */
  readonly size: number;
  readonly classes: number;
}

/** How samples are divided. */
export interface Division {
  /** Of each sample, 1 where the files say that it is to be tested on: [n]; null where they say nothing. */
  readonly given: Uint8Array<ArrayBuffer> | null;
  /** Which share is set aside where they say nothing. */
  readonly testShare: number;
  readonly seed: number;
}

/** Samples in two parts. */
export interface Divided {
  /** Those to train on are shuffled. */
  readonly samples: Readonly<Record<Split, LabelledSamples>>;
  /** What there is to know about samples that are the same, a sentence each. */
  readonly notes: readonly string[];
}

const ALL_COPIES =
  'These samples are all copies of each other, so nothing is left to test on that was not trained on. Open samples that differ.';

const COPIES = { one: 'sample is a copy of another', many: 'samples are copies of others' };

/**
 * Divides samples. Samples whose values are all the same go to the same side, as if they were one, so that nothing is tested
 * on that was trained on. A division that the files give is kept, and it is told how many samples are on both sides. Throws a
 * RefusedFiles where all are copies of each other.
 */
export function divide(read: ReadSamples, { given, testShare, seed }: Division): Divided {
  const first = firstOfEach(read);
  const isTest = given ?? withCopies(read, first, testShare, seed);
  if (!isTest.includes(1)) throw new RefusedFiles(ALL_COPIES);
  const positions = Uint32Array.from(read.labels.keys());
  const train = positions.filter((position) => isTest[position] === 0);
  const test = positions.filter((position) => isTest[position] === 1);
  const order = permutation(train.length, streamKey(seed, 'shuffle')).map((at) => train[at] ?? 0);
  return {
    samples: { train: gathered(read, order), test: gathered(read, test) },
    notes: given === null ? noteOfCopies(read, first) : noteOfBothSides(first, isTest),
  };
}

/** For each sample the first one that has the same values, which may be itself: [n]. */
function firstOfEach({ labels, values, size }: ReadSamples): Uint32Array<ArrayBuffer> {
  const seen = new Map<number, number>();
  return Uint32Array.from(labels, (_, position) => {
    const sample = values.subarray(position * size, (position + 1) * size);
    const key = hashOf(sample);
    const found = seen.get(key);
    if (found === undefined) seen.set(key, position);
    else if (isSame(sample, values.subarray(found * size, (found + 1) * size))) return found;
    return position;
  });
}

/** 53 bits: two FNV-1a hashes with different starts. */
function hashOf(bytes: Uint8Array): number {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (const byte of bytes) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x01000197);
  }
  return (low >>> 0) + 0x100000000 * (high >>> 11);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((value, i) => value === b[i]);
}

function withCopies(
  { labels, classes }: ReadSamples,
  first: Uint32Array<ArrayBuffer>,
  testShare: number,
  seed: number,
): Uint8Array<ArrayBuffer> {
  const originals = first.filter((original, position) => original === position);
  const chosen = testSamples(
    Uint8Array.from(originals, (at) => labels[at] ?? 0),
    classes,
    testShare,
    seed,
  );
  const isTest = new Uint8Array(labels.length);
  originals.forEach((position, i) => {
    isTest[position] = chosen[i] ?? 0;
  });
  return isTest.map((_, position) => isTest[first[position] ?? position] ?? 0);
}

function noteOfCopies({ labels }: ReadSamples, first: Uint32Array<ArrayBuffer>): readonly string[] {
  let [copies, contrary] = [0, 0];
  first.forEach((original, position) => {
    if (original === position) return;
    copies++;
    if (labels[original] !== labels[position]) contrary++;
  });
  if (copies === 0) return [];
  const other =
    contrary > 0 ? ` ${countOf(contrary, { one: 'has', many: 'have' })} a different class than the original.` : '';
  return [
    `${countOf(copies, COPIES)}. Each is on the same side as its original, so that nothing is tested on that was trained on.${other}`,
  ];
}

function noteOfBothSides(first: Uint32Array<ArrayBuffer>, isTest: Uint8Array): readonly string[] {
  const trained = new Set(first.filter((_, position) => isTest[position] === 0));
  const both = first.filter((original, position) => isTest[position] === 1 && trained.has(original)).length;
  if (both === 0) return [];
  return [
    `${countOf(both, { one: 'test sample is', many: 'test samples are' })} among the training samples too. The files divide them that way, and that was kept: the test makes the network look a little better than it is.`,
  ];
}

function gathered({ labels, values, size }: ReadSamples, positions: Uint32Array): LabelledSamples {
  const gatheredValues = new Uint8Array(positions.length * size);
  positions.forEach((position, i) => {
    gatheredValues.set(values.subarray(position * size, (position + 1) * size), i * size);
  });
  return { labels: Uint8Array.from(positions, (position) => labels[position] ?? 0), values: gatheredValues };
}
