import { at } from '../../at.ts';
import type { DatasetSpec } from '../../dataset/spec.ts';
import { type Ending, endingsFor } from '../endings.ts';
import type { GraphNode } from '../graph-node.ts';
import type { Fix, Issue, WarningCode } from '../issue.ts';
import { traitsOf } from '../layers/registry.ts';
import type { Network } from '../network.ts';

/** The layers that fit and their connections, from which warnings are derived. */
export interface Flow {
  readonly network: Network;
  readonly dataset: DatasetSpec;
  readonly nodes: readonly GraphNode[];
}

/** One kind of warning: checks the whole network and returns the issues that it finds. */
export type Rule = (flow: Flow) => readonly Issue[];

/** A warning about a layer. */
export function warning(code: WarningCode, { spec }: GraphNode, message: string, fixes: readonly Fix[]): Issue {
  return { severity: 'warning', code, layerId: spec.id, message, fixes };
}

/** The nodes that take the output of the node at `position`. */
function consumersOf({ nodes }: Flow, position: number): readonly GraphNode[] {
  return nodes.filter((node) => node.inputs.includes(position));
}

/** The node whose output a node takes first; undefined for the Input. */
export function sourceOf({ nodes }: Flow, { inputs }: GraphNode): GraphNode | undefined {
  return nodes[at(inputs, 0)];
}

/** The only node that takes the output of the node at `position`; undefined where there are none or several. */
export function onlyConsumerOf(flow: Flow, position: number): GraphNode | undefined {
  const [first, ...others] = consumersOf(flow, position);
  return others.length === 0 ? first : undefined;
}

/** The activation of a layer, `linear` for kinds that have none. */
export function activationOf({ spec }: GraphNode): string {
  return 'activation' in spec ? spec.activation : 'linear';
}

/**
 * Whether the last thing that a layer does is the activation of this end. That of a recurrent layer is not: it belongs to each
 * step.
 */
export function endsIn(node: GraphNode, { activation }: Ending): boolean {
  return activationOf(node) === activation && !traitsOf(node.spec).readsSequences;
}

/** Whether a layer computes weighted sums of its inputs with a kernel. */
export function isWeighted({ spec }: GraphNode): boolean {
  const { weights } = traitsOf(spec);
  return weights === 'kernel' || weights === 'depthwise';
}

/**
 * The position of the output layer: the last one, or the softmax over the classes where nothing but layers without a kernel come
 * behind it, which is an error of its own.
 */
export function answerOf({ nodes, dataset }: Flow): number {
  const answers = (node: GraphNode) =>
    endingsFor(dataset).some(
      (ending) => endsIn(node, ending) && node.output.length === 1 && node.output[0] === ending.units,
    );
  const softmax = nodes.findLastIndex((node) => activationOf(node) === 'softmax');
  const last = softmax >= 0 ? softmax : nodes.findLastIndex(answers);
  const found = nodes[last];
  const isAnswer = found !== undefined && answers(found);
  return isAnswer && !nodes.slice(last + 1).some(isWeighted) ? last : nodes.length - 1;
}
