import type { Buffer } from '../../step/buffer.ts';
import type { Place } from '../draw.ts';
import type { Fused } from '../fuse.ts';
import { partialExtent } from '../kernels/partial.ts';
import type { Lowering, WeightGradient } from '../lowering.ts';

/** Says that the gradient of a kernel, with its bias' and its penalty's, will lie in a texture, and gives it. */
export function putKernelGradient(
  at: Lowering,
  dkernel: Buffer,
  { others }: Fused,
  { layout, partial }: Pick<WeightGradient, 'layout' | 'partial'>,
): Place {
  const place = at.scratch(dkernel.name, partialExtent(partial));
  let [gradient, penalty] = [dkernel, { l1: 0, l2: 0 }];
  let sums: Buffer | null = null;
  for (const other of others) {
    if (other.name === 'columnSums') sums = other.outputs.sums;
    if (other.name === 'penaltyGradient') penalty = other.attributes;
    if (other.name === 'add') gradient = other.outputs.z;
  }
  const weightOf = (of: Buffer | null) => (of && at.uses.moverOf(of)?.inputs.weight) ?? null;
  const found = { layout, partial, place, penalty, kernel: weightOf(gradient), bias: weightOf(sums) };
  at.putGradient(sums === null ? [gradient] : [gradient, sums], found);
  return place;
}
