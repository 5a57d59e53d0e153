import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap } from '../../../src/engine/wasm/heap.ts';

/** A heap from 100 on, and the highest end that it asked for. */
function newHeap() {
  const reached = { end: 0 };
  const heap = new Heap(100, (end) => {
    reached.end = Math.max(reached.end, end);
  });
  return { heap, reached };
}

test('blocks begin at cache lines and leave bytes behind them that may be read', () => {
  const { heap, reached } = newHeap();
  expect(heap.allocate(1)).toBe(128);
  expect(heap.allocate(64)).toBe(256);
  expect(heap.allocate(65)).toBe(384);
  expect(reached.end).toBe(576);
  expect(heap.used).toBe(128 + 128 + 192);
});

test('a freed block is used again, and neighbours that are free become one', () => {
  const { heap } = newHeap();
  const [first, second, third] = [heap.allocate(100), heap.allocate(100), heap.allocate(100)];
  heap.free(first);
  heap.free(third);
  heap.free(second);
  expect(heap.used).toBe(0);
  expect(heap.allocate(10_000)).toBe(first);
});

test('a block that was never handed out, or is free already, is refused', () => {
  const { heap } = newHeap();
  const block = heap.allocate(8);
  heap.free(block);
  expect(() => heap.free(block)).toThrow(RangeError);
  expect(() => heap.free(77)).toThrow('There is no block at 77.');
});

test('where memory ends, nothing is handed out', () => {
  const heap = new Heap(0, (end) => {
    if (end > 1000) throw new RangeError('full');
  });
  const block = heap.allocate(800);
  expect(() => heap.allocate(800)).toThrow('full');
  heap.free(block);
  expect(heap.allocate(800)).toBe(block);
});

test('whatever is allocated and freed, no two blocks overlap and all memory comes back', () => {
  const actions = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 5000 }), frees: fc.nat(3), which: fc.nat() }));
  fc.assert(
    fc.property(actions, (steps) => {
      const { heap } = newHeap();
      const blocks: { start: number; end: number }[] = [];
      for (const { bytes, frees, which } of steps) {
        const start = heap.allocate(bytes);
        expect(blocks.every((block) => start + bytes <= block.start || start >= block.end)).toBe(true);
        blocks.push({ start, end: start + bytes });
        for (let i = 0; i < frees && blocks.length > 0; i++) {
          for (const block of blocks.splice(which % blocks.length, 1)) heap.free(block.start);
        }
      }
      for (const { start } of blocks) heap.free(start);
      expect(heap.used).toBe(0);
      expect(heap.allocate(1_000_000)).toBe(128);
    }),
  );
});
