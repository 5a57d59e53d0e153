import { float } from '../kernel.ts';
import type { WeightLayout } from './conv-shape.ts';
import type { PartialLayout } from './partial.ts';
import type { Penalty } from './penalty.ts';

/**
 * GLSL of `vec4 weightGradient(int column, int row, vec4 w)`: the whole gradient by the weights `w` at a texel of a
 * layer's weights, that is the sum of its parts in the sampler `gradient`, and the gradient of the penalties.
 */
export function weightGradient({ biasRow }: WeightLayout, partial: PartialLayout, { l1, l2 }: Penalty): string {
  const penalty = l1 === 0 && l2 === 0 ? '' : `if (!biases) g += ${float(l1)} * sign(w) + ${float(2 * l2)} * w;`;
  return `
vec4 weightGradient(int column, int row, vec4 w) {
  bool biases = row == ${biasRow};
  vec4 g = vec4(0.0);
  for (int s = 0; s < ${partial.splits}; s++) {
    ivec3 at = biases ? ${partial.biasAt} : ${partial.weightAt};
    g += texelFetch(gradient, at, 0);
  }
  ${penalty}
  return g;
}`;
}
