import { expect, test } from 'vitest';
import { heapIn } from '../../../scripts/longrun/heap.mjs';

test('of a heap snapshot, all counts but what is the browser’s own, and code is what is of that type', () => {
  const types: [string[]] = [['object', 'code', 'native']];
  const meta = { node_fields: ['type', 'name', 'self_size'], node_types: types };
  const nodes = [0, 7, 100, 1, 8, 30, 2, 3, 1000, 1, 9, 12];
  expect(heapIn({ snapshot: { meta }, nodes })).toEqual({ heap: 142, code: 42 });
});
