import type { MemoryCost } from '../../../core/network/cost.ts';
import type { PlannedMemory } from '../../../core/training/planned-memory.ts';

const MEGABYTE = 2 ** 20;

/** A part of the memory: what it is for, and its bytes. */
export type MemoryPart = readonly [name: string, bytes: number];

/** What the parts are named after. */
export interface Named {
  /** The batch in progress, as `a batch of 32`. */
  readonly batch: string;
  /** Its title, as `AdamW`. */
  readonly optimizer: string;
  /** What several samples are called. */
  readonly samples: string;
}

/** The parts of an estimate. */
export function estimatedParts(
  { weights, gradients, optimizer, activations }: MemoryCost,
  named: Named,
): readonly MemoryPart[] {
  return [
    ['memory for weights', weights],
    ['for gradients', gradients],
    [`for the optimizer, ${named.optimizer}`, optimizer],
    [`for ${named.batch} in progress`, activations],
  ];
}

/** The parts of a plan, in which gradients take turns with other values of the batch. */
export function plannedParts(memory: PlannedMemory, named: Named): readonly MemoryPart[] {
  const samples: readonly MemoryPart[] =
    memory.samples === 0 ? [] : [[`for the training ${named.samples}`, memory.samples]];
  return [
    ['memory for weights', memory.weights],
    [`for the optimizer, ${named.optimizer}`, memory.optimizer],
    [`for ${named.batch} and the gradients`, memory.batch],
    ...samples,
    ['for everything else', memory.rest],
  ];
}

/** Sizes as text that add up as they are written. */
export interface SizeTexts {
  readonly parts: readonly string[];
  readonly total: string;
}

/**
 * Bytes in megabytes of 2^20, and the total of what is written: rounded as it is, it may be off by a few of the last decimals. A part that would
 * be written as 0, and is more, is `<0.01 MB`.
 */
export function sizeTexts(bytes: readonly number[]): SizeTexts {
  const digits = bytes.reduce((sum, part) => sum + part, 0) < 100 * MEGABYTE ? 2 : 1;
  const steps = 10 ** digits;
  const rounded = bytes.map((part) => Math.round((part / MEGABYTE) * steps));
  const text = (count: number) => `${(count / steps).toLocaleString('en-US', { minimumFractionDigits: digits })} MB`;
  return {
    parts: bytes.map((part, place) => (part > 0 && rounded[place] === 0 ? `<${text(1)}` : text(rounded[place] ?? 0))),
    total: text(rounded.reduce((sum, count) => sum + count, 0)),
  };
}
