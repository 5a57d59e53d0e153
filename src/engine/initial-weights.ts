import type { Graph } from '../core/network/graph.ts';
import { initialValues } from '../core/network/initial-values.ts';
import { streamKey } from '../core/random.ts';

/** The initial values of every weight, in the order of the graph, each drawn from its own random stream. */
export function initialWeights({ nodes }: Graph, seed: number): readonly Float32Array[] {
  return nodes.flatMap(({ weights }, layer) =>
    weights.map(({ initializer, shape, stddev }, index) =>
      initialValues(initializer, shape, streamKey(seed, 'weights', layer, index), stddev),
    ),
  );
}
