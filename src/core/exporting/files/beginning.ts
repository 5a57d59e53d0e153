import { at } from '../../at.ts';
import type { CarriedWeights } from '../../network/carried-weights.ts';
import type { Graph } from '../../network/graph.ts';
import { kerasNames } from '../../network/keras-names.ts';
import { torchState } from './pytorch-tensors.ts';
import { safetensorsFile } from './safetensors.ts';
import { taskOf } from './task-of-weights.ts';
import type { NamedTensor } from './tensor.ts';

/** The tools whose programs load such files. */
export type BeginningTool = 'torch' | 'keras';

/**
 * The weights that some layers begin with, as the SafeTensors file that the program of a tool loads. For PyTorch they have the names
 * and the form of its `state_dict`; for Keras the name of a layer and the place among its weights: `conv2d.0`.
 */
export function beginningFile(tool: BeginningTool, graph: Graph, carried: CarriedWeights): Uint8Array<ArrayBuffer> {
  const names = kerasNames(graph.nodes.map(({ spec }) => spec));
  let begin = 0;
  const tensors = graph.nodes.flatMap((node, i): readonly NamedTensor[] => {
    const own = carried.slice(begin, begin + node.weights.length);
    begin += node.weights.length;
    const given = node.weights.flatMap(({ name, shape }, place) => {
      const values = own[place];
      return values ? [[name, { shape, values }] as const] : [];
    });
    if (given.length < node.weights.length) return [];
    if (tool === 'keras') return given.map(([, tensor], place) => ({ name: `${at(names, i)}.${place}`, ...tensor }));
    const state = Object.entries(torchState(node, new Map(given)));
    return state.map(([ending, tensor]) => ({ name: `${at(names, i)}${ending}`, ...tensor }));
  });
  return safetensorsFile(tensors, taskOf(graph.dataset));
}
