import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fileCases } from '../../../../../scripts/exports/file-cases.mjs';
import { inOnnxruntimeWeb, inTfjs, TOLERANCE } from '../../../../../scripts/exports/files.mjs';
import { notebookFiles } from '../../../../../scripts/exports/notebook-files.mjs';
import { groupsOf, hdf5File } from '../../../../../src/core/exporting/files/hdf5.ts';
import { notebookOf } from '../../../../../src/core/exporting/files/notebook.ts';
import { protobuf } from '../../../../../src/core/exporting/files/protobuf.ts';
import { safetensorsFile } from '../../../../../src/core/exporting/files/safetensors.ts';
import { permuted, reordered } from '../../../../../src/core/exporting/files/tensor.ts';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));

describe('the files of a network', () => {
  const small = fileCases(ROOT).filter(({ parameters }) => parameters < 50_000);

  test.each(small)('$name: tfjs and ONNX Runtime compute the logits of the app', async ({ prepare }) => {
    const prepared = await prepare();
    const equal = { apart: expect.closeTo(0, -Math.log10(2 * TOLERANCE)) };
    expect(await inOnnxruntimeWeb(prepared)).toEqual(equal);
    const outcome = await inTfjs(prepared);
    if ('missing' in outcome) expect(outcome.missing).toMatch(/^TensorFlow\.js has .*\.$/);
    else expect(outcome).toEqual(equal);
  });
});

test('SafeTensors: a header that says where each tensor lies, and the numbers behind it', () => {
  const file = safetensorsFile(
    [
      { name: 'a', shape: [2], values: Float32Array.of(1, 2) },
      { name: 'b', shape: [1, 1], values: Float32Array.of(3) },
    ],
    { run: 'Run 1' },
  );
  const length = Number(new DataView(file.buffer).getBigUint64(0, true));
  expect(length % 8).toBe(0);
  expect(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))).toEqual({
    __metadata__: { run: 'Run 1' },
    a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    b: { dtype: 'F32', shape: [1, 1], data_offsets: [8, 12] },
  });
  expect([...new Float32Array(file.buffer.slice(8 + length))]).toEqual([1, 2, 3]);
});

test('HDF5: the superblock says how long the file is and where its root lies', () => {
  const file = hdf5File(groupsOf([{ name: 'layers/dense/vars/0', shape: [2], values: Float32Array.of(1, 2) }]));
  const view = new DataView(file.buffer);
  expect([...file.subarray(0, 8)]).toEqual([137, 72, 68, 70, 13, 10, 26, 10]);
  expect(view.getBigUint64(40, true)).toBe(BigInt(file.length));
  const root = Number(view.getBigUint64(64, true));
  // Version 1, three messages: about links, about the group, and the link to `layers`.
  expect([view.getUint8(root), view.getUint16(root + 2, true)]).toEqual([1, 3]);
  expect(new TextDecoder().decode(file.subarray(root))).toContain('layers');
});

test('protocol buffers: the examples of their description', () => {
  expect([...protobuf([[1, 150]])]).toEqual([0x08, 0x96, 0x01]);
  expect([...protobuf([[2, 'testing']])]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
  expect([...protobuf([[3, [[1, 150]]]])]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
  expect(protobuf([[1, -1]])).toHaveLength(11);
});

test('axes and parts in another order', () => {
  const tensor = { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) };
  expect(permuted(tensor, [1, 0])).toEqual({ shape: [3, 2], values: Float32Array.of(1, 4, 2, 5, 3, 6) });
  expect(reordered(tensor, [2, 0, 1]).values).toEqual(Float32Array.of(3, 1, 2, 6, 4, 5));
});

test('a notebook has a cell for each part of the program', () => {
  const { cells, nbformat, nbformat_minor } = JSON.parse(
    notebookOf('import a\n\n\ndef f():\n    x = 1\n\n    return x\n\nf()\n', '# Title', 'a'),
  );
  expect([nbformat, nbformat_minor]).toEqual([4, 5]);
  expect(cells.map(({ source }: { source: string }) => source).slice(2)).toEqual([
    'import a',
    'def f():\n    x = 1\n\n    return x',
    'f()',
  ]);
});

test('a notebook loads the weights that lie beside it', () => {
  const { 'train_pytorch.ipynb': torch, 'train_keras.ipynb': keras, ...weights } = notebookFiles();
  expect(Object.keys(weights)).toEqual(['network.safetensors', 'network.weights.h5']);
  expect(torch).toContain('model.load_state_dict(load_file(\\"network.safetensors\\"))');
  expect(keras).toContain('model.load_weights(\\"network.weights.h5\\")');
});
