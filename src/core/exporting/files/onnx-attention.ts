import { at } from '../../at.ts';
import type { WeightName } from '../../network/layers/definition.ts';
import { patchGrid } from '../../network/layers/patches.ts';
import type { OnnxSite } from './onnx-site.ts';
import { OnnxValue } from './onnx-value.ts';
import { filled } from './tensor.ts';

/** Squares of an image, each with its values in a row. */
export function onnxPatches({ graph, spec, input, output, inputs }: OnnxSite<'patches'>): OnnxValue {
  const { patchSize: size } = spec;
  const [rows, columns] = patchGrid(spec, input);
  const shaped = (name: string, shape: readonly number[]) =>
    graph.one('Reshape', [name, graph.constant({ shape: [shape.length], whole: shape })]);
  const lines = shaped(at(inputs, 0).last(), [-1, rows, size, columns, size * at(input, 2)]);
  const turned = graph.one('Transpose', [lines], { perm: [0, 1, 3, 2, 4] });
  return OnnxValue.last(graph, shaped(turned, [-1, ...output]));
}

/** Multi-head self-attention, out of products: samples, heads, places and numbers of a head are the axes between. */
export function onnxAttention({ graph, spec, input, inputs, tensors }: OnnxSite<'multiHeadAttention'>): OnnxValue {
  const { heads, keySize } = spec;
  const [places = 0] = input;
  const dense = (name: string, kernel: WeightName, bias: WeightName) => {
    const [weight, offset] = [tensors.get(kernel), tensors.get(bias)];
    if (weight === undefined || offset === undefined) throw new RangeError(`The layer has no ${kernel}.`);
    return graph.one('Add', [graph.one('MatMul', [name, graph.constant(weight)]), graph.constant(offset)]);
  };
  const shaped = (name: string, ...shape: readonly number[]) =>
    graph.one('Reshape', [name, graph.constant({ shape: [shape.length], whole: shape })]);
  const byHead = (name: string, perm: readonly number[]) =>
    graph.one('Transpose', [shaped(name, -1, places, heads, keySize)], { perm });
  const value = at(inputs, 0).last();
  const query = byHead(dense(value, 'queryKernel', 'queryBias'), [0, 2, 1, 3]);
  const key = byHead(dense(value, 'keyKernel', 'keyBias'), [0, 2, 3, 1]);
  const values = byHead(dense(value, 'valueKernel', 'valueBias'), [0, 2, 1, 3]);
  const scale = graph.constant(filled([1], 1 / Math.sqrt(keySize)));
  const scores = graph.one('Mul', [graph.one('MatMul', [query, key]), scale]);
  const mixed = graph.one('MatMul', [graph.one('Softmax', [scores], { axis: -1 }), values]);
  const together = shaped(graph.one('Transpose', [mixed], { perm: [0, 2, 1, 3] }), -1, places, heads * keySize);
  return OnnxValue.last(graph, dense(together, 'outputKernel', 'outputBias'));
}
