import type { Buffer } from '../../step/buffer.ts';
import type { OperationName, OperationOf } from '../../step/operation.ts';
import type { Fused } from '../fuse.ts';
import { type FusedActivation, isFused } from '../kernels/activations.ts';
import type { Lowering, Placed } from '../lowering.ts';

/** Adds the draws of an operation and of what is carried out along with it. */
export type Lower<Name extends OperationName> = (operation: OperationOf<Name>, at: Lowering, fused: Fused) => void;

/** The buffer that an operation's result goes to: that of the function behind it, where there is one. */
export function resultOf(own: Buffer, { then }: Fused): Buffer {
  if (then === null) return own;
  return then.name === 'activate' ? then.outputs.y : then.outputs.dx;
}

/** The function that is applied to the result. */
export function activationOf({ then }: Fused, relu = false): FusedActivation {
  if (relu) return 'relu';
  return then?.name === 'activate' && isFused(then.attributes.activation) ? then.attributes.activation : 'linear';
}

/** The function whose slope is multiplied in, and its result, as `find` has it; linear, where there is none. */
export function slopeOf(
  { then }: Fused,
  find: (buffer: Buffer) => Placed,
): { readonly activation: FusedActivation; readonly value: Placed | null } {
  if (then?.name !== 'activateGradient' || then.inputs.y === null || !isFused(then.attributes.activation)) {
    return { activation: 'linear', value: null };
  }
  return { activation: then.attributes.activation, value: find(then.inputs.y) };
}
