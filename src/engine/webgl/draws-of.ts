import type { DatasetSpec } from '../../core/dataset/spec.ts';
import type { Buffer } from '../step/buffer.ts';
import type { Operation } from '../step/operation.ts';
import type { Draw, Place } from './draw.ts';
import { type Extent, fits } from './fold.ts';
import { fuse } from './fuse.ts';
import type { Gpu } from './gpu.ts';
import { Lowering, type Placed } from './lowering.ts';
import { lower } from './operations/registry.ts';
import type { SampleLayout } from './sample-texture.ts';
import { pairExtent, pairsOf } from './weight-pairs.ts';

/** What the draws are for. */
export interface Target {
  readonly gpu: Pick<Gpu, 'maxTargets' | 'maxSize'>;
  readonly dataset: DatasetSpec;
  /** How the samples lie that are gathered. */
  readonly stored: SampleLayout;
}

/** Operations as draws. */
export interface DrawnOperations {
  readonly draws: readonly Draw[];
  /** Where the output lies, in a single layer; null where none was asked for. */
  readonly output: Placed | null;
}

/** A list of operations as draws, or why there are no kernels for it, as a clause. `output`: a value that is read afterwards. */
export function drawsOf(
  operations: readonly Operation[],
  { gpu, dataset, stored }: Target,
  output: Buffer | null = null,
): DrawnOperations | string {
  const tasks = fuse(operations, output);
  const at = new Lowering(tasks, { device: gpu, dataset, stored });
  for (const task of tasks) lower(task, at);
  const placed = output && at.readableOf(output);
  const { draws } = at;
  const extents = [...pairsOf(operations).map(pairExtent), ...draws.flatMap(extentsIn)];
  return extents.every((extent) => fits(extent, gpu.maxSize))
    ? { draws, output: placed }
    : 'a value larger than a texture';
}

function extentsIn({ reads, writes }: Draw): readonly Extent[] {
  const places: readonly Place[] = [...Object.values(reads), ...writes];
  return places.flatMap((place) => (place.kind === 'step' ? [place.extent] : []));
}
