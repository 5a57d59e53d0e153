import { expect, test } from 'vitest';
import { analyse, type Graph } from '../../../../src/core/network/graph.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import { packWeights, unpackWeights } from '../../../../src/core/network/weights-file.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

function graphOf(network = ciutacuCnn.network): Graph {
  const { graph } = analyse(network, FASHION_MNIST);
  if (graph === null) throw new Error('The network is faulty.');
  return graph;
}

const small = graphOf({
  layers: [createLayer('flatten', 'flatten-1'), createLayer('dense', 'dense-1', { units: 10, activation: 'softmax' })],
});

test("the 542,230 parameters of Ciutacu's network take 1,084,460 bytes", () => {
  const graph = graphOf();
  const file = new Uint8Array(1_084_460);
  expect(unpackWeights(graph, file).reduce((sum, { length }) => sum + length, 0)).toBe(542_230);
  expect(() => unpackWeights(graph, file.subarray(2))).toThrow('The weights take 1084460 bytes');
});

test('weights come back from their file in their order, as halves', () => {
  const kernel = Float32Array.from({ length: 7840 }, (_, i) => Math.sin(i));
  const bias = Float32Array.from({ length: 10 }, (_, i) => i / 8);
  const [kernelBack, biasBack] = unpackWeights(small, packWeights(small, [kernel, bias]));
  expect(biasBack).toEqual(bias);
  expect(kernelBack).toHaveLength(7840);
  expect(kernelBack?.every((value, i) => Math.abs(value - (kernel[i] ?? 9)) <= 2 ** -12)).toBe(true);
});

test('the lower byte comes first, and the kernel before the bias', () => {
  const file = packWeights(small, [new Float32Array(7840).fill(1), new Float32Array(10).fill(-2)]);
  expect([...file.subarray(0, 2), ...file.subarray(-2)]).toEqual([0x00, 0x3c, 0x00, 0xc0]);
});

test('a file may lie anywhere in memory', () => {
  const file = packWeights(small, [new Float32Array(7840).fill(0.5), new Float32Array(10)]);
  const moved = new Uint8Array(file.length + 3);
  moved.set(file, 3);
  expect(unpackWeights(small, moved.subarray(3))[0]?.[7839]).toBe(0.5);
});

test('weights of another network are refused', () => {
  expect(() => packWeights(small, [new Float32Array(7840)])).toThrow(
    new RangeError('The network has weights of 7840, 10 numbers, not of 7840.'),
  );
  expect(() => unpackWeights(small, new Uint8Array(15_698))).toThrow(
    new RangeError('The weights take 15700 bytes, and the file has 15698.'),
  );
});
