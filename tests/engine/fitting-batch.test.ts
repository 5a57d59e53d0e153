import { expect, test } from 'vitest';
import { OutOfMemoryError } from '../../src/engine/out-of-memory-error.ts';
import { wasmBackend } from '../../src/engine/wasm/tensors.ts';
import { graphOf, SMALL_DENSE } from './support/networks.ts';
import { BACKENDS_HERE } from './support/on-backends.ts';
import { RECIPE, startEngine } from './support/training.ts';

const graph = graphOf(...SMALL_DENSE);

test.each(BACKENDS_HERE.filter((backend) => backend !== 'cpu'))(
  'with room to spare, the largest power of two below the batch fits on %s, and nothing stays of trying it',
  async (backend) => {
    const engine = await startEngine(backend);
    // Loads and checks what is needed, and frees what tfjs keeps.
    await engine.fittingBatch(graph, RECIPE);
    const before = engine.memory().bytes;
    expect(await engine.fittingBatch(graph, { ...RECIPE, batchSize: 50 })).toBe(32);
    expect(await engine.fittingBatch(graph, { ...RECIPE, batchSize: 32 })).toBe(16);
    expect(await engine.fittingBatch(graph, { ...RECIPE, batchSize: 1 })).toBeNull();
    expect(engine.memory().bytes).toBe(before);
  },
);

test('the processor without WebAssembly plans nothing', async () => {
  const engine = await startEngine('cpu');
  expect(await engine.fittingBatch(graph, RECIPE)).toBeUndefined();
});

test('where not even one sample has room, no batch fits; and each has that is planned to', async () => {
  const engine = await startEngine('wasm');
  const { heap } = wasmBackend().processor;
  const bytesWith = async (batchSize: number) => {
    const planned = await engine.plannedMemory(graph, { ...RECIPE, batchSize });
    return planned === null ? Number.NaN : planned.weights + planned.optimizer + planned.batch + planned.rest;
  };
  const [half, whole] = [await bytesWith(64), await bytesWith(128)];
  const { allocate } = heap;
  // Enough to see that recorded steps work.
  let room = heap.used + 20_000;
  heap.allocate = (bytes) => {
    if (heap.used + bytes > room) throw new OutOfMemoryError(heap.used);
    return allocate.call(heap, bytes);
  };
  try {
    expect(await engine.fittingBatch(graph, { ...RECIPE, batchSize: 200 })).toBeNull();
    // What it takes to judge a sample is less than what lies between the two batches.
    room = heap.used + half + 100_000;
    expect(whole).toBeGreaterThan(half + 100_000);
    expect(await engine.fittingBatch(graph, { ...RECIPE, batchSize: 200 })).toBe(64);
  } finally {
    heap.allocate = allocate;
  }
});
