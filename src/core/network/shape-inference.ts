import { at } from '../at.ts';
import { type DatasetSpec, inputShapeOf } from '../dataset/spec.ts';
import type { GraphNode } from './graph-node.ts';
import type { Misfit } from './layers/definition.ts';
import { definitionOf, isFrozen, type LayerSpec, traitsOf } from './layers/registry.ts';
import { INPUT_ID, layerNames, type Network, referenceOf } from './network.ts';
import { type OptionProblem, optionProblems } from './options.ts';
import type { Shape } from './shape.ts';

/** Why a layer gives no output. */
export type Fault =
  | { readonly kind: 'options'; readonly problems: readonly OptionProblem[] }
  /** `from` names no layer, one that comes later, or the layer itself. */
  | { readonly kind: 'reference'; readonly reason: 'missing' | 'later' | 'itself' }
  | { readonly kind: 'misfit'; readonly misfit: Misfit };

/** What became of one layer. Without a fault and without an output it waits for a faulty one before it. */
export interface LayerInference {
  readonly name: string;
  readonly spec: LayerSpec;
  readonly input: Shape | null;
  /** The shape of the second input, for kinds that take one. */
  readonly other: Shape | null;
  readonly output: Shape | null;
  readonly node: GraphNode | null;
  readonly fault: Fault | null;
}

/** A network followed from the Input to its last layer. */
export interface InferredShapes {
  readonly network: Network;
  /** What the Input takes its samples from. */
  readonly dataset: DatasetSpec;
  readonly steps: readonly LayerInference[];
  /** The layers that take part and fit, in order. */
  readonly nodes: readonly GraphNode[];
  readonly output: Shape | null;
}

/** What a layer passes on, and the position of the node that made it. */
interface LayerOutput {
  readonly node: number;
  readonly shape: Shape | null;
}

/** Infers all shapes of a network for samples of a data set. Layers that are off pass on what they get. Never throws. */
export function inferShapes(network: Network, dataset: DatasetSpec): InferredShapes {
  const names = layerNames(network);
  const input: LayerOutput = { node: -1, shape: inputShapeOf(dataset) };
  const outputs = new Map<string, LayerOutput>([[INPUT_ID, input]]);
  const steps: LayerInference[] = [];
  const nodes: GraphNode[] = [];
  let above = input;
  network.layers.forEach((spec, index) => {
    const name = at(names, index);
    const step = spec.off ? bypass(name, spec, above) : follow(name, spec, above, { network, outputs, index });
    steps.push(step);
    if (step.node !== null) nodes.push(step.node);
    if (!spec.off) above = { node: nodes.length - 1, shape: step.output };
    outputs.set(spec.id, above);
  });
  return { network, dataset, steps, nodes, output: above.shape };
}

function bypass(name: string, spec: LayerSpec, { shape }: LayerOutput): LayerInference {
  return { name, spec, input: shape, other: null, output: shape, node: null, fault: null };
}

/** What is known on arrival at a layer. */
interface InferenceContext {
  readonly network: Network;
  readonly outputs: ReadonlyMap<string, LayerOutput>;
  readonly index: number;
}

function follow(name: string, spec: LayerSpec, above: LayerOutput, context: InferenceContext): LayerInference {
  const from = referenceOf(spec);
  const named = from === null ? null : (context.outputs.get(from) ?? null);
  const inputs = traitsOf(spec).inputs === 'named' ? [named] : from === null ? [above] : [above, named];
  const [input = null, other = null] = inputs.map((outlet) => outlet?.shape ?? null);
  const still: LayerInference = { name, spec, input, other, output: null, node: null, fault: null };
  const problems = optionProblems(spec);
  if (problems.length > 0) return { ...still, fault: { kind: 'options', problems } };
  if (from !== null && named === null) return { ...still, fault: { kind: 'reference', reason: reason(context, from) } };
  if (input === null || (inputs.length > 1 && other === null)) return still;
  const inference = definitionOf(spec.kind).infer(spec, input, other ?? undefined);
  if ('misfit' in inference) return { ...still, fault: { kind: 'misfit', misfit: inference.misfit } };
  const node = nodeOf(
    name,
    spec,
    input,
    inference.shape,
    inputs.map((outlet) => outlet?.node ?? -1),
  );
  return { ...still, output: inference.shape, node };
}

function reason({ network, index }: InferenceContext, from: string): 'missing' | 'later' | 'itself' {
  const place = network.layers.findIndex((layer) => layer.id === from);
  if (place < 0) return 'missing';
  return place === index ? 'itself' : 'later';
}

function nodeOf(name: string, spec: LayerSpec, input: Shape, output: Shape, inputs: readonly number[]): GraphNode {
  const definition = definitionOf(spec.kind);
  const all = definition.weights(spec, input);
  const weights = isFrozen(spec) ? all.map((weight) => ({ ...weight, trainable: false })) : all;
  return { name, spec, inputs, input, output, weights, flops: definition.flops(spec, input, output) };
}
