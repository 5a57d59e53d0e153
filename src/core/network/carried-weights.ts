import { hasSameClasses, hasSameColumns } from '../dataset/spec.ts';
import type { Graph } from './graph.ts';
import type { GraphNode } from './graph-node.ts';
import { sameShape } from './shape.ts';

/** Weights for a network, in the order of its graph; null for those that start with fresh values. */
export type CarriedWeights = readonly (Float32Array<ArrayBuffer> | null)[];

/**
 * Why a layer begins with new weights: there is none like it, its weights have other shapes, it tells other classes apart, the
 * columns that come in are others, or its weights are not there.
 */
export type FreshReason = 'none' | 'shape' | 'classes' | 'columns' | 'lacking';

/** What a layer with weights begins with: those of a layer of another network, or new ones, and why. */
export interface LayerStart {
  readonly node: GraphNode;
  /** The layer that it takes its weights from; where they do not fit, the one that would have been it; null where there is none. */
  readonly from: GraphNode | null;
  /** Null where it takes them. */
  readonly fresh: FreshReason | null;
}

/**
 * What each layer with weights begins with where it takes those of another network, in the order of the graph. The layer of the
 * same name and kind is asked first; one whose name is new takes the first that is left of its kind and its shapes. The last
 * layer with weights is the head: where the classes are others it begins anew, even if its shapes fit. `values`: the weights, of which
 * some may lack; without them all are there.
 */
export function layerStarts(from: Graph, to: Graph, values?: CarriedWeights): readonly LayerStart[] {
  const nodes = to.nodes.filter(({ weights }) => weights.length > 0);
  const head = hasSameClasses(from.dataset, to.dataset) ? undefined : nodes.at(-1);
  const knowsColumns = hasSameColumns(from.dataset, to.dataset);
  const named = new Map(nodes.map((node) => [node, namesake(from, node)]));
  const lacking = values === undefined ? new Set() : lackingIn(from, values);
  const left = new Set(from.nodes.filter((node) => ![...named.values()].includes(node) && !lacking.has(node)));
  return nodes.map((node): LayerStart => {
    const other = named.get(node) ?? [...left].find((each) => isLike(each, node)) ?? null;
    if (other !== null) left.delete(other);
    if (!knowsColumns) return { node, from: other, fresh: 'columns' };
    if (node === head) return { node, from: other, fresh: 'classes' };
    if (other === null) return { node, from: null, fresh: 'none' };
    if (lacking.has(other)) return { node, from: other, fresh: 'lacking' };
    return { node, from: other, fresh: hasSameShapes(other, node) ? null : 'shape' };
  });
}

/** The layers some of whose weights are not there. */
function lackingIn(graph: Graph, values: CarriedWeights): ReadonlySet<GraphNode> {
  const begins = beginningsOf(graph);
  return new Set(
    graph.nodes.filter((node) => node.weights.some((_, i) => values[(begins.get(node) ?? 0) + i] === null)),
  );
}

/** The weights of a network, in the order of its graph, as far as another one can go on with them. */
export function carriedWeights(from: Graph, values: CarriedWeights, to: Graph): CarriedWeights {
  const begins = beginningsOf(from);
  return layerStarts(from, to, values).flatMap(({ node, from: before, fresh }): CarriedWeights => {
    const begin = before === null || fresh !== null ? undefined : begins.get(before);
    return node.weights.map((_, i) => (begin === undefined ? null : (values[begin + i] ?? null)));
  });
}

/** Fresh weights with the carried ones in their places. */
export function withCarried(
  fresh: readonly Float32Array<ArrayBuffer>[],
  carried: CarriedWeights,
): readonly Float32Array<ArrayBuffer>[] {
  return fresh.map((values, i) => carried[i] ?? values);
}

/** The layer of a network with the name and the kind of another; undefined where there is none. */
function namesake({ nodes }: Graph, { spec }: GraphNode): GraphNode | undefined {
  return nodes.find((other) => other.spec.id === spec.id && other.spec.kind === spec.kind);
}

function isLike(one: GraphNode, other: GraphNode): boolean {
  return one.spec.kind === other.spec.kind && hasSameShapes(one, other);
}

function hasSameShapes(one: GraphNode, other: GraphNode): boolean {
  return (
    one.weights.length === other.weights.length &&
    one.weights.every(({ name, shape }, i) => {
      const weight = other.weights[i];
      return weight !== undefined && weight.name === name && sameShape(weight.shape, shape);
    })
  );
}

/** Where the weights of each node begin among all. */
function beginningsOf({ nodes }: Graph): ReadonlyMap<GraphNode, number> {
  let at = 0;
  return new Map(
    nodes.map((node) => {
      const begin = at;
      at += node.weights.length;
      return [node, begin];
    }),
  );
}
