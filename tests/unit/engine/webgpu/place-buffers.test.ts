import { expect, test } from 'vitest';
import type { Buffer } from '../../../../src/engine/step/buffer.ts';
import { type Dispatch, scratch } from '../../../../src/engine/webgpu/dispatch.ts';
import { placeBuffers } from '../../../../src/engine/webgpu/place-buffers.ts';

function dispatch(reads: readonly Buffer[], writes: readonly Buffer[]): Dispatch {
  const named = (buffers: readonly Buffer[]) => Object.fromEntries(buffers.map((buffer) => [buffer.name, buffer]));
  return { name: 'some', code: '', reads: named(reads), writes: named(writes), workgroups: [1, 1, 1] };
}

const [a, b, c, d] = [scratch('a', 10), scratch('b', 30), scratch('c', 20), scratch('d', 5)];
const weight: Buffer = { ...scratch('weight', 99), role: 'weight' };

test('buffers that are needed at the same dispatch have blocks of their own, and others share one', () => {
  const chain = [dispatch([], [a]), dispatch([a], [b]), dispatch([b, weight], [c]), dispatch([c], [weight])];
  const { blockOf, bytes } = placeBuffers(chain);
  expect(blockOf.get(a)).not.toBe(blockOf.get(b));
  expect(blockOf.get(b)).not.toBe(blockOf.get(c));
  expect(blockOf.get(a)).toBe(blockOf.get(c));
  expect(blockOf.has(weight)).toBe(false);
  expect(bytes.toSorted((one, other) => one - other)).toEqual([80, 120]);
});

test('what is read before it is written comes from outside, and keeps its block from the beginning', () => {
  const { blockOf } = placeBuffers([dispatch([], [a]), dispatch([a], [b]), dispatch([b, d], [c])]);
  expect(new Set([a, b, d].map((buffer) => blockOf.get(buffer))).size).toBe(3);
});
