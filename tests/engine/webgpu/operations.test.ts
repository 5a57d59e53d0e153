import { expect, test } from 'vitest';
import { at } from '../../../src/core/at.ts';
import { sampleBytesOf } from '../../../src/core/dataset/spec.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import { LossWatch } from '../../../src/engine/loss-watch.ts';
import { type Buffer, lengthOf } from '../../../src/engine/step/buffer.ts';
import { readsOf, writesOf } from '../../../src/engine/step/operation.ts';
import { Gpu } from '../../../src/engine/webgpu/gpu.ts';
import { dispatchesOf } from '../../../src/engine/webgpu/kernels/registry.ts';
import { LastingBuffers } from '../../../src/engine/webgpu/lasting-buffers.ts';
import { Program } from '../../../src/engine/webgpu/program.ts';
import { SampleBuffer } from '../../../src/engine/webgpu/sample-buffer.ts';
import { OPERATION_CASES } from '../support/operations/cases.ts';
import { type OperationCase, POSITIONS } from '../support/operations/given.ts';
import { referenceOf } from '../support/operations/reference.ts';
import { expectClose } from '../support/values.ts';

const device = await (await navigator.gpu?.requestAdapter())?.requestDevice();

/** What is in the buffers that the operation writes, afterwards. */
async function carriedOut(
  gpu: Gpu,
  { operation, given, call }: OperationCase,
): Promise<ReadonlyMap<Buffer, Float32Array>> {
  const written = writesOf(operation);
  const lasting = new LastingBuffers(gpu, [...new Set([...readsOf(operation), ...written])]);
  const samples = new SampleBuffer(gpu, FASHION_MNIST, { samples: 1, batch: POSITIONS.length });
  const dispatches = dispatchesOf(operation, FASHION_MNIST);
  const program = await Program.create(gpu, dispatches, { lasting, outside: samples });
  try {
    samples.choose(POSITIONS);
    for (const [buffer, values] of given) gpu.device.queue.writeBuffer(lasting.of(buffer), 0, values);
    const encoder = gpu.device.createCommandEncoder();
    program.encode(encoder, call);
    gpu.device.queue.submit([encoder.finish()]);
    const values = await Promise.all(written.map((buffer) => gpu.read(lasting.of(buffer), lengthOf(buffer))));
    return new Map(written.map((buffer, i) => [buffer, at(values, i)]));
  } finally {
    program.dispose();
    lasting.dispose();
    samples.dispose();
  }
}

test.skipIf(!device).each(OPERATION_CASES)('WebGPU carries out $title', async (operationCase) => {
  if (!device) return;
  const gpu = new Gpu(device, new LossWatch());
  const { operation, given, call } = operationCase;
  const values = (buffer: Buffer) => given.get(buffer) ?? new Float32Array(lengthOf(buffer));
  const results = await carriedOut(gpu, operationCase);
  for (const [buffer, expected] of referenceOf(operation, values, call)) {
    expectClose(results.get(buffer) ?? [], expected);
  }
  expect(gpu.buffers).toBe(0);
});

test.skipIf(!device).each(['uint8', 'float32'] as const)('WebGPU gathers samples stored as %s', async (storage) => {
  if (!device) return;
  const gpu = new Gpu(device, new LossWatch());
  const [size, scale] = [5, storage === 'uint8' ? 255 : 2];
  const kind = { kind: 'image', height: 1, width: size, channels: 1, storage, scale } as const;
  const dataset = { ...FASHION_MNIST, samples: kind };
  const values = Float32Array.from({ length: 7 * size }, (_, i) => (37 * i) % 256);
  const bytes = storage === 'uint8' ? Uint8Array.from(values) : new Uint8Array(values.buffer);
  const samples = new SampleBuffer(gpu, dataset, { samples: 7, batch: 3 });
  const gathered: Buffer = { name: 'samples', role: 'weight', type: 'float32', shape: [3, 1, size, 1] };
  const outputs = { samples: gathered, labels: { ...gathered, shape: [3] }, weights: null };
  const lasting = new LastingBuffers(gpu, [gathered]);
  const dispatches = dispatchesOf({ name: 'gather', inputs: {}, outputs, attributes: {} }, dataset);
  const program = await Program.create(gpu, dispatches, { lasting, outside: samples });
  // They arrive in parts whose ends are in the middle of a word.
  for (const arrived of [1, 3, 7]) samples.bring(bytes.subarray(0, arrived * sampleBytesOf(dataset)));
  samples.choose(Uint32Array.of(6, 0, 3));
  const encoder = device.createCommandEncoder();
  program.encode(encoder, at(OPERATION_CASES, 0).call);
  device.queue.submit([encoder.finish()]);
  const expected = [6, 0, 3].flatMap((i) =>
    [...values.subarray(i * size, (i + 1) * size)].map((value) => value / scale),
  );
  expectClose(await gpu.read(lasting.of(gathered), expected.length), expected);
  for (const owned of [program, lasting, samples]) owned.dispose();
  expect(gpu.buffers).toBe(0);
});
