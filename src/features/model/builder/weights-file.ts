import { fitTensors } from '../../../core/exporting/files/pytorch-reading.ts';
import { readSafetensors } from '../../../core/exporting/files/safetensors-reading.ts';
import { taskIn } from '../../../core/exporting/files/task-of-weights.ts';
import { analysisOf } from '../../../state/analysis.ts';
import type { Draft } from '../../../state/draft.ts';
import type { WeightsChoice } from '../../../state/weights-choice.ts';
import { unzip } from '../../../ui/base/unzip.ts';

/** Bytes that a file may have at most, and unpacked again. */
const MOST_BYTES = 512 * 1024 ** 2;

const TOO_LARGE = 'This file has more than 512 MB, so it is not read.';
const NO_ZIP =
  'This zip has no SafeTensors file in it, or it is damaged. Export code saves one that has: with weights, for PyTorch.';
const NO_GRAPH =
  'The layers do not fit together yet, so it cannot be told which of them the weights are for. Mend that first.';

/** The weights in a file as what the next run begins with, or why there are none, as a sentence. */
export type WeightsReading = (WeightsChoice & { readonly kind: 'given' }) | { readonly problem: string };

/** Reads the weights in a SafeTensors file, or in a zip that has one, as far as they fit the layers of a draft. */
export async function readWeights(file: File, { network, dataset }: Draft): Promise<WeightsReading> {
  const { graph } = analysisOf({ network, dataset });
  if (graph === null) return { problem: NO_GRAPH };
  if (file.size > MOST_BYTES) return { problem: TOO_LARGE };
  const bytes = await bytesOf(file);
  if (bytes === null) return { problem: 'This file cannot be read. Choose it again.' };
  const unpacked = isZip(bytes) ? unzipped(bytes) : bytes;
  if (typeof unpacked === 'string') return { problem: unpacked };
  const reading = readSafetensors(unpacked);
  if ('problem' in reading) return reading;
  const task = taskIn(reading.about, dataset);
  if (typeof task === 'string') return { problem: task };
  const { values, ...notes } = fitTensors(graph, reading.tensors);
  const source = { kind: 'file', name: shownName(file.name) } as const;
  return { kind: 'given', source, trained: { dataset: task, network, values }, notes };
}

/** A name that stays on its line wherever it is written, such as in a comment of a program. */
function shownName(name: string): string {
  const line = name.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length > MOST_OF_NAME ? `${line.slice(0, MOST_OF_NAME)}…` : line;
}

const MOST_OF_NAME = 80;

/** Null where the browser cannot read the file any more. */
async function bytesOf(file: File): Promise<Uint8Array | null> {
  return await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );
}

function isZip([first, second]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b;
}

/** The first SafeTensors file in a zip; a sentence where there is none. Nothing is unpacked before it is known how much it will be. */
function unzipped(bytes: Uint8Array): Uint8Array | string {
  let first: string | null = null;
  const files = unzip(bytes, {
    files: 1,
    bytes: MOST_BYTES,
    isWanted(name) {
      if (name.endsWith('.safetensors')) first ??= name;
      return name === first;
    },
    most: () => MOST_BYTES,
  });
  if (files === 'too large') return TOO_LARGE;
  return (files === 'damaged' ? undefined : [...files.values()][0]) ?? NO_ZIP;
}
