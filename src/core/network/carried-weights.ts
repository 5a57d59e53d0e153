import type { Graph } from './graph.ts';
import type { GraphNode } from './graph-node.ts';
import { sameShape } from './shape.ts';

/** Weights for a network, in the order of its graph; null for those that start with fresh values. */
export type CarriedWeights = readonly (Float32Array<ArrayBuffer> | null)[];

/** The layers of a network that can go on with the weights of another: the same layer, with weights of the same shapes. */
export function carriedLayers(from: Graph, to: Graph): readonly GraphNode[] {
  return to.nodes.filter((node) => node.weights.length > 0 && counterpart(from, node) !== undefined);
}

/** The weights of a network, in the order of its graph, as far as another one can go on with them. */
export function carriedWeights(from: Graph, values: readonly Float32Array<ArrayBuffer>[], to: Graph): CarriedWeights {
  const starts = startsOf(from);
  return to.nodes.flatMap((node): CarriedWeights => {
    const before = counterpart(from, node);
    const start = before && starts.get(before);
    return node.weights.map((_, i) => (start === undefined ? null : (values[start + i] ?? null)));
  });
}

/** Fresh weights with the carried ones in their places. */
export function withCarried(
  fresh: readonly Float32Array<ArrayBuffer>[],
  carried: CarriedWeights,
): readonly Float32Array<ArrayBuffer>[] {
  return fresh.map((values, i) => carried[i] ?? values);
}

function counterpart({ nodes }: Graph, { spec, weights }: GraphNode): GraphNode | undefined {
  return nodes.find(
    (other) =>
      other.spec.id === spec.id &&
      other.spec.kind === spec.kind &&
      other.weights.length === weights.length &&
      other.weights.every(({ name, shape }, i) => {
        const weight = weights[i];
        return weight !== undefined && weight.name === name && sameShape(weight.shape, shape);
      }),
  );
}

/** Where the weights of each node begin among all. */
function startsOf({ nodes }: Graph): ReadonlyMap<GraphNode, number> {
  let at = 0;
  return new Map(
    nodes.map((node) => {
      const start = at;
      at += node.weights.length;
      return [node, start];
    }),
  );
}
