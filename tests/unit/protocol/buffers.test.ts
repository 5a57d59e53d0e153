import { expect, test } from 'vitest';
import { buffersIn } from '../../../src/protocol/buffers.ts';

test('every buffer in a message is found once, however deep it lies', () => {
  const [values, labels, row] = [new Float32Array(3), Uint8Array.of(1), new Float32Array(2)];
  const message = {
    type: 'answered',
    request: 1,
    answer: { values, again: values.subarray(1), rows: [[row], []], by: { labels, name: null } },
  };
  expect(buffersIn(message)).toEqual([values.buffer, row.buffer, labels.buffer]);
});

test('a message without typed arrays has none', () => {
  expect(buffersIn({ type: 'refused', error: { message: 'No.', stack: null }, done: 5, wanted: undefined })).toEqual(
    [],
  );
});

test('memory that threads share stays where it is', () => {
  expect(buffersIn([new Uint8Array(new SharedArrayBuffer(4))])).toEqual([]);
});
