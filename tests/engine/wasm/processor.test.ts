import { afterEach, expect, test } from 'vitest';
import { JOB } from '../../../src/engine/wasm/control-block.ts';
import { ADD, CHUNK, chunksFor } from '../../../src/engine/wasm/kernels/elementwise.ts';
import { LIBRARY } from '../../../src/engine/wasm/library.ts';
import { Processor, type ProcessorOptions } from '../../../src/engine/wasm/processor.ts';

const open: Processor[] = [];

afterEach(() => {
  for (const processor of open.splice(0)) processor.dispose();
});

async function processorWith(options: ProcessorOptions): Promise<Processor> {
  const processor = await Processor.open(LIBRARY, options);
  open.push(processor);
  return processor;
}

/** Adds 1 to `count` numbers; gives how many of them came out right. */
function addOnes(processor: Processor, count: number): number {
  const { heap } = processor;
  const [x, y, z] = [heap.allocate(count * 4), heap.allocate(count * 4), heap.allocate(count * 4)];
  for (let i = 0; i < count; i++) processor.floats[x / 4 + i] = i;
  processor.floats.fill(1, y / 4, y / 4 + count);
  processor.run(ADD, chunksFor(count), { x, y, z, count });
  const sums = processor.floats.subarray(z / 4, z / 4 + count);
  const right = sums.reduce((hits, sum, i) => hits + Number(sum === i + 1), 0);
  for (const address of [x, y, z]) heap.free(address);
  return right;
}

test('the page of these tests may share memory, as the app may', () => {
  expect(crossOriginIsolated).toBe(true);
});

test.each([1, 2, 4])('%i threads do all chunks of thousands of jobs, each once', async (threads) => {
  const processor = await processorWith({ threads });
  expect(processor.threads).toBe(threads);
  for (const count of [1, 3, CHUNK, CHUNK + 1, 7 * CHUNK - 2]) expect(addOnes(processor, count)).toBe(count);
  const count = 5 * CHUNK;
  const block = processor.heap.allocate(count * 4);
  processor.floats.fill(1, block / 4, block / 4 + count);
  // Each job doubles every number: one that ran twice or not at all would leave another power of two.
  for (let job = 0; job < 100; job++) processor.run(ADD, 5, { x: block, y: block, z: block, count });
  const numbers = processor.floats.subarray(block / 4, block / 4 + count);
  expect(numbers.every((number) => number === 2 ** 100)).toBe(true);
});

test.each([1, 3])('with %i threads a call that is done in parts does each chunk once', async (threads) => {
  const processor = await processorWith({ threads });
  const count = 7 * CHUNK;
  const block = processor.heap.allocate(count * 4);
  processor.floats.fill(1, block / 4, block / 4 + count);
  const double = processor.prepare(ADD, 7, { x: block, y: block, z: block, count });
  const sums = () => Array.from({ length: 7 }, (_, i) => processor.floats[block / 4 + (i + 1) * CHUNK - 1]);
  double(0, 3);
  double(3, 4);
  expect(sums()).toEqual([2, 2, 2, 2, 1, 1, 1]);
  double(4, 7);
  expect(processor.floats.subarray(block / 4, block / 4 + count).every((number) => number === 2)).toBe(true);
});

/** How many threads sleep until the next job; wakes them, and they go to sleep again. */
function sleepers({ memory }: Processor): number {
  return Atomics.notify(new Int32Array(memory.buffer), JOB / 4);
}

test('threads go to sleep where there is no job, and the next one is done right all the same', async () => {
  const processor = await processorWith({ threads: 3 });
  for (let pause = 0; pause < 5; pause++) {
    await expect.poll(() => sleepers(processor), { timeout: 60_000, interval: 1 }).toBe(2);
    expect(addOnes(processor, 9 * CHUNK)).toBe(9 * CHUNK);
  }
});

test('memory grows when a block does not fit, and what it holds stays', async () => {
  const processor = await processorWith({ threads: 2 });
  const before = processor.memory.buffer.byteLength;
  const small = processor.heap.allocate(16);
  processor.floats[small / 4] = 42;
  const large = processor.heap.allocate(before);
  expect(processor.memory.buffer.byteLength).toBeGreaterThan(before);
  expect(processor.floats[small / 4]).toBe(42);
  processor.floats[large / 4 + before / 4 - 1] = 7;
  expect(processor.floats[large / 4 + before / 4 - 1]).toBe(7);
});

test('a block that no memory can hold is refused with what to do, and harms nothing', async () => {
  const processor = await processorWith({ threads: 1 });
  expect(() => processor.heap.allocate(5 * 2 ** 30)).toThrow(
    /^This page ran out of memory: .* than the \d+ MB that it can have/,
  );
  expect(addOnes(processor, 100)).toBe(100);
});

test('products round once or twice and agree all the same', async () => {
  const [fused, plain] = [await processorWith({ fused: true }), await processorWith({ fused: false })];
  expect(addOnes(fused, 100)).toBe(100);
  expect(addOnes(plain, 100)).toBe(100);
});
