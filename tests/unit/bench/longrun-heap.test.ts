import { expect, test } from 'vitest';
import { codeBytesIn } from '../../../scripts/longrun/heap.mjs';

test('of a heap snapshot, code is what is of that type', () => {
  const meta = { node_fields: ['type', 'name', 'self_size'], node_types: [['object', 'code']] as [string[]] };
  const nodes = [0, 7, 100, 1, 8, 30, 1, 9, 12];
  expect(codeBytesIn({ snapshot: { meta }, nodes })).toBe(42);
});
