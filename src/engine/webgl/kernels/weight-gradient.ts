import type { WeightLayout } from './conv-shape.ts';
import type { PartialLayout } from './partial.ts';
import { type Penalty, penaltySlope } from './penalty.ts';

/**
 * GLSL of `vec4 weightGradient(int column, int row, vec4 w)`: the whole gradient by the weights `w` at a texel of a
 * layer's weights, that is the sum of its parts in the sampler `gradient`, and the gradient of the penalties.
 */
export function weightGradient({ biasRow }: WeightLayout, partial: PartialLayout, penalty: Penalty): string {
  const isPenalised = penalty.l1 !== 0 || penalty.l2 !== 0;
  return `
vec4 weightGradient(int column, int row, vec4 w) {
  bool biases = row == ${biasRow};
  ${partial.exists === undefined ? '' : `if (!biases && !(${partial.exists})) return vec4(0.0);`}
  vec4 g = vec4(0.0);
  for (int s = 0; s < ${partial.splits}; s++) {
    ivec3 at = biases ? ${partial.biasAt} : ${partial.weightAt};
    g += texelFetch(gradient, at, 0);
  }
  ${isPenalised ? `if (!biases) g += ${penaltySlope(penalty)};` : ''}
  return g;
}`;
}
