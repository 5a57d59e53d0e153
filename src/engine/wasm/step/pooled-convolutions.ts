import { type Buffer, lengthOf } from '../../step/buffer.ts';
import type { OneOf, Operation, OperationOf, Operations } from '../../step/operation.ts';
import { Uses } from '../../step/uses.ts';
import { type PooledConvolution, poolsAtOnce } from '../kernels/pooled-conv2d.ts';

/** What the processor carries out: every operation of a step, and those that take the place of several. */
export interface WasmOperations extends Operations {
  /**
   * A convolution and the largest value of each window of 2x2 of its results, negative ones set to 0 where `relu`. `argmax`: which pixel of the
   * window it was, 0 to 3, for the gradient.
   */
  pooledConv2d: {
    inputs: { x: Buffer; kernel: Buffer; bias: Buffer | null };
    outputs: { y: Buffer; argmax: Buffer | null };
    attributes: PooledConvolution & { relu: boolean };
  };
  /** The gradient by its kernel from the gradient dy of the largest values. */
  pooledConv2dKernelGradient: {
    inputs: { x: Buffer; argmax: Buffer; dy: Buffer };
    outputs: { dkernel: Buffer };
    attributes: PooledConvolution;
  };
}

export type WasmOperationName = keyof WasmOperations;

/** One operation as the processor carries it out. */
export type WasmOperationOf<Name extends WasmOperationName> = OneOf<WasmOperations, Name>;

export type WasmOperation = WasmOperationOf<WasmOperationName>;

/**
 * The same operations, with a max pooling done along with the convolution before it where nothing else reads its results, and where no gradient
 * by its input is asked for: so of the first layers of most networks. Then neither the results nor their gradients, of which three quarters are 0,
 * pass through memory. `kept`: a value that is read afterwards.
 */
export function pooledConvolutions(operations: readonly Operation[], kept?: Buffer): readonly WasmOperation[] {
  const uses = new Uses(operations);
  const inPlace = new Map<Operation, WasmOperation | null>();
  for (const pool of operations) {
    if (pool.name !== 'maxPool') continue;
    const found = patternOf(pool, uses, kept);
    for (const [operation, other] of found === null ? [] : mergedIn(found)) inPlace.set(operation, other);
  }
  return operations.flatMap((operation) => {
    const other = inPlace.get(operation);
    return other === undefined ? operation : (other ?? []);
  });
}

/** A convolution, the pooling after it, and the backward pass of both where it learns. */
interface Pattern {
  readonly conv: OperationOf<'conv2d'>;
  readonly pool: OperationOf<'maxPool'>;
  readonly backward: {
    readonly pool: OperationOf<'maxPoolGradient'>;
    readonly kernel: OperationOf<'conv2dKernelGradient'>;
    readonly bias: OperationOf<'columnSums'> | null;
  } | null;
}

function patternOf(pool: OperationOf<'maxPool'>, uses: Uses, kept: Buffer | undefined): Pattern | null {
  const { x } = pool.inputs;
  const conv = uses.writerOf(x);
  if (conv?.name !== 'conv2d' || x === kept || !poolsAtOnce(conv.attributes.sliding, pool.attributes.sliding))
    return null;
  const [gradient, ...more] = uses.readersOf(x).filter((reader) => reader !== pool);
  if (gradient === undefined) return { conv, pool, backward: null };
  if (gradient.name !== 'maxPoolGradient' || gradient.inputs.y !== pool.outputs.y || more.length > 0) return null;
  const { dx } = gradient.outputs;
  const [kernel, bias] = [uses.readerOf(dx, 'conv2dKernelGradient'), uses.readerOf(dx, 'columnSums')];
  const areAll = uses.readersOf(dx).every((reader) => reader === kernel || reader === bias);
  return kernel && areAll ? { conv, pool, backward: { pool: gradient, kernel, bias } } : null;
}

/** What takes the place of the operations of a pattern: null where nothing does. */
function mergedIn({ conv, pool, backward }: Pattern): ReadonlyMap<Operation, WasmOperation | null> {
  const { sliding, relu } = conv.attributes;
  const { y } = pool.outputs;
  const { output: pooled } = pool.attributes.sliding;
  const argmax: Buffer | null = backward && { ...y, name: `${y.name} argmax` };
  const merged = new Map<Operation, WasmOperation | null>([
    [
      conv,
      { name: 'pooledConv2d', inputs: conv.inputs, outputs: { y, argmax }, attributes: { sliding, pooled, relu } },
    ],
    [pool, null],
  ]);
  if (backward === null || argmax === null) return merged;
  const { dy } = backward.pool.inputs;
  merged.set(backward.pool, null);
  merged.set(backward.kernel, {
    name: 'pooledConv2dKernelGradient',
    inputs: { x: conv.inputs.x, argmax, dy },
    outputs: backward.kernel.outputs,
    attributes: { sliding, pooled },
  });
  if (backward.bias) {
    const { columns } = backward.bias.attributes;
    // Nothing but zeros stands between the gradients that are added up.
    const attributes = { rows: lengthOf(y) / columns, columns };
    merged.set(backward.bias, { ...backward.bias, inputs: { x: dy }, attributes });
  }
  return merged;
}
