import { at } from '../../at.ts';
import { inputShapeOf } from '../../dataset/spec.ts';
import type { Graph } from '../../network/graph.ts';
import { OnnxGraph, valueInfo } from './onnx-graph.ts';
import { onnxLayer } from './onnx-layers.ts';
import { OnnxValue } from './onnx-value.ts';
import { protobuf } from './protobuf.ts';
import { tensorsOf } from './tensor.ts';

/** The set of operators that is used (Gelu came with it), and the version of the form that goes with it. */
const [OPSET, IR_VERSION] = [20, 9];

/**
 * A network as an ONNX file. It takes `input`, samples as the app has them (images with their channels last, values divided as
 * in training), and gives `logits` and `probabilities`.
 */
export function onnxFile(graph: Graph, weights: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const onnx = new OnnxGraph();
  const tensors = tensorsOf(graph, weights);
  const input = OnnxValue.last(onnx, 'input');
  const outputs: OnnxValue[] = [];
  graph.nodes.forEach((node, i) => {
    const inputs = node.inputs.map((position) => (position < 0 ? input : at(outputs, position)));
    outputs.push(onnxLayer(onnx, node, { inputs, tensors: at(tensors, i), last: i === graph.nodes.length - 1 }));
  });
  const result = at(graph.nodes, graph.nodes.length - 1).output;
  onnx.add('Identity', [at(outputs, outputs.length - 1).last()], {}, ['logits']);
  if (result.join() === '1') onnx.add('Sigmoid', ['logits'], {}, ['probabilities']);
  else onnx.add('Softmax', ['logits'], { axis: -1 }, ['probabilities']);
  const shape = inputShapeOf(graph.dataset);
  return protobuf([
    [1, IR_VERSION],
    [2, 'Fitting Room'],
    [
      7,
      onnx.message(
        'network',
        [valueInfo('input', shape)],
        [valueInfo('logits', result), valueInfo('probabilities', result)],
      ),
    ],
    [8, [[2, OPSET]]],
  ]);
}
