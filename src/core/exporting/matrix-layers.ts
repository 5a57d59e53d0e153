import type { Graph } from '../network/graph.ts';
import { kerasNames } from '../network/keras-names.ts';
import { areMatrices } from '../training/optimizers/muon.ts';

/** The layers whose kernels Muon moves as matrices, by their names in programs. */
export function matrixLayers({ nodes }: Graph): readonly string[] {
  const names = kerasNames(nodes.map(({ spec }) => spec));
  const flags = areMatrices({ nodes });
  const owners = nodes.flatMap(({ weights }, i) =>
    weights.filter(({ trainable }) => trainable).map(() => names[i] ?? ''),
  );
  return owners.filter((_, i) => flags[i]);
}
