import { type RandomKey, streamKey, uniformAt } from '../../core/random.ts';
import { type Buffer, lengthOf } from '../step/buffer.ts';
import type { StepCall } from '../step/step-call.ts';
import type { Dispatch } from './dispatch.ts';
import type { Gpu } from './gpu.ts';
import { dense } from './kernels/dense.ts';
import { dropout } from './kernels/dropout.ts';
import { LastingBuffers } from './lasting-buffers.ts';
import { Program } from './program.ts';

const CALL: StepCall = { step: 0, seed: 1, learningRate: 0, weightDecay: 0, dropout: null, variation: null };
const TOLERANCE = 1e-4;

/**
 * Whether this device computes what the kernels rely on: workgroup memory, barriers, partial sums and whole numbers, on numbers whose results
 * are known exactly.
 */
export async function selfTest(gpu: Gpu): Promise<boolean> {
  return (await multiplies(gpu)) && (await draws(gpu));
}

/** Rows of ones times a matrix of threes, no multiple of a tile, in partial products. */
async function multiplies(gpu: Gpu): Promise<boolean> {
  const [rows, inputs, units] = [5, 300, 70];
  const x = filled('x', [rows, inputs], 1);
  const kernel = filled('kernel', [inputs, units], 3);
  const bias = filled('bias', [units], -1);
  const y = filled('y', [rows, units], 0);
  const operation = {
    name: 'dense',
    inputs: { x: x.buffer, kernel: kernel.buffer, bias: bias.buffer },
    outputs: { y: y.buffer },
    attributes: { rows, inputs, units, relu: true },
  } as const;
  const values = await carryOut(gpu, dense(operation), [y, x, kernel, bias]);
  return values.every((value) => Math.abs(value - (3 * inputs - 1)) <= TOLERANCE * 3 * inputs);
}

/** The same chance as in JavaScript. */
async function draws(gpu: Gpu): Promise<boolean> {
  const count = 50;
  const x = filled('x', [count], 1);
  const y = filled('y', [count], 0);
  const attributes = { count, rate: 0.5, position: 3, adjustable: true };
  const operation = { name: 'dropout', inputs: { x: x.buffer }, outputs: { y: y.buffer }, attributes } as const;
  const values = await carryOut(gpu, dropout(operation), [y, x]);
  const key: RandomKey = streamKey(CALL.seed, 'dropout', attributes.position, CALL.step);
  return values.every((value, i) => value === (uniformAt(key, i) >= 0.5 ? 2 : 0));
}

interface Filled {
  readonly buffer: Buffer;
  readonly values: Float32Array<ArrayBuffer>;
}

function filled(name: string, shape: readonly number[], value: number): Filled {
  const buffer: Buffer = { name, role: 'weight', type: 'float32', shape };
  return { buffer, values: new Float32Array(lengthOf(buffer)).fill(value) };
}

/** What the first buffer holds afterwards. */
async function carryOut(
  gpu: Gpu,
  dispatches: readonly Dispatch[],
  given: readonly [Filled, ...Filled[]],
): Promise<Float32Array<ArrayBuffer>> {
  const lasting = new LastingBuffers(
    gpu,
    given.map(({ buffer }) => buffer),
  );
  const program = await Program.create(gpu, dispatches, { lasting });
  try {
    for (const { buffer, values } of given) gpu.device.queue.writeBuffer(program.placeOf(buffer), 0, values);
    const encoder = gpu.device.createCommandEncoder();
    program.encode(encoder, CALL);
    gpu.device.queue.submit([encoder.finish()]);
    const [{ buffer }] = given;
    return await gpu.read(program.placeOf(buffer), lengthOf(buffer));
  } finally {
    program.dispose();
    lasting.dispose();
  }
}
