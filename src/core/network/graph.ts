import type { DatasetSpec } from '../dataset/spec.ts';
import type { GraphNode } from './graph-node.ts';
import type { Issue } from './issue.ts';
import { faultIssues } from './issues/faults.ts';
import { sizeIssues } from './issues/size.ts';
import { warnings } from './issues/warnings.ts';
import { wholeIssues } from './issues/whole.ts';
import { parametersOf } from './layers/kernel.ts';
import { definitionOf, type LayerSpec } from './layers/registry.ts';
import type { Network } from './network.ts';
import type { Shape } from './shape.ts';
import { inferShapes, type LayerInference } from './shape-inference.ts';

/** Its private field makes the class nominal, and it is not exported: no other file can make one. */
class CheckedGraph {
  readonly #checked = true;
  readonly nodes: readonly GraphNode[];
  /** What the network was checked against. */
  readonly dataset: DatasetSpec;

  constructor(nodes: readonly GraphNode[], dataset: DatasetSpec) {
    this.nodes = nodes;
    this.dataset = dataset;
  }

  static is(value: object): value is CheckedGraph {
    return #checked in value;
  }
}

/** A network that is known to fit together, and to fit a data set. Only `analyse` makes one, and the engine takes nothing else. */
export type Graph = CheckedGraph;

/** What is known about one layer of a network that may be faulty. Unknown shapes are null: the layer is waiting. */
export interface LayerReport {
  readonly name: string;
  readonly spec: LayerSpec;
  readonly input: Shape | null;
  readonly output: Shape | null;
  readonly parameters: number;
  readonly issues: readonly Issue[];
}

/** A network looked at from all sides: each layer, every issue at once, and the graph when there is no error. */
export interface Analysis {
  readonly dataset: DatasetSpec;
  readonly layers: readonly LayerReport[];
  /** Errors first, each group from the first layer to the last. */
  readonly issues: readonly Issue[];
  readonly graph: Graph | null;
  readonly totals: Totals;
}

/** Sums over the layers whose shapes are known. */
export interface Totals {
  readonly trainable: number;
  readonly nonTrainable: number;
  /** Forward floating-point operations for one image. */
  readonly flops: number;
  /** Numbers that leave the layers for one image; training keeps them all for the backward pass. */
  readonly activations: number;
}

/** Infers all shapes of a network for the samples of a data set, and finds every issue. Never throws. */
export function analyse(network: Network, dataset: DatasetSpec): Analysis {
  const trace = inferShapes(network, dataset);
  const { nodes } = trace;
  const errors = [...faultIssues(trace), ...sizeIssues(trace), ...wholeIssues(trace)];
  const issues = [...errors, ...warnings(trace, errors)];
  return {
    dataset,
    layers: trace.steps.map((step) => reportOf(step, issues)),
    issues,
    graph: errors.length > 0 ? null : new CheckedGraph(nodes, dataset),
    totals: totalsOf(nodes),
  };
}

function reportOf({ name, spec, input, output, node }: LayerInference, issues: readonly Issue[]): LayerReport {
  const own = issues.filter((issue) => issue.layerId === spec.id);
  return { name, spec, input, output, parameters: parametersOf(node?.weights ?? []), issues: own };
}

function totalsOf(nodes: readonly GraphNode[]): Totals {
  const weights = nodes.flatMap((node) => node.weights);
  return {
    trainable: parametersOf(weights.filter((weight) => weight.trainable)),
    nonTrainable: parametersOf(weights.filter((weight) => !weight.trainable)),
    flops: nodes.reduce((sum, node) => sum + node.flops, 0),
    activations: nodes.reduce((sum, node) => sum + savedActivations(node), 0),
  };
}

/** Numbers that training keeps of one image in this layer. */
export function savedActivations({ spec, input, output }: GraphNode): number {
  return definitionOf(spec.kind).savedActivations(spec, input, output);
}
