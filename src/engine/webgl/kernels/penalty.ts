import { float, type Kernel } from '../kernel.ts';
import type { WeightLayout } from './conv-shape.ts';

/** Penalties on the kernel, not on the biases, as in Keras: `l1 * sum(|w|) + l2 * sum(w^2)`. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

/** Weight rows that one fragment adds up. */
const ROWS = 64;

/** How many texels hold a layer's penalty, one for each 64 rows of weights. */
export function penaltyTexels(weights: WeightLayout): number {
  return Math.ceil(weights.biasRow / ROWS);
}

/** `l1 * sum(|w|) + l2 * sum(w^2)` over a kernel, in parts. w: weights [rows + 1, filters] -> [texels] in lane x */
export function penalty(weights: WeightLayout, { l1, l2 }: Penalty): Kernel {
  const body = `
void main() {
  vec4 sum = vec4(0.0);
  int last = min(frag.x * ${ROWS} + ${ROWS}, ${weights.biasRow});
  for (int row = frag.x * ${ROWS}; row < last; row++) {
    for (int f = 0; f < ${weights.columns}; f++) {
      vec4 v = texelFetch(w, ivec3(f, row, 0), 0);
      sum += ${float(l1)} * abs(v) + ${float(l2)} * v * v;
    }
  }
  o0 = vec4(sum.x + sum.y + sum.z + sum.w, 0.0, 0.0, 0.0);
}`;
  return { name: 'penalty', body, inputs: { w: 'rgba32f' }, targets: 1, width: penaltyTexels(weights), height: 1 };
}

/** GLSL of the gradient by a weight `w`. */
export function penaltySlope({ l1, l2 }: Penalty): string {
  return `${float(l1)} * sign(w) + ${float(2 * l2)} * w`;
}

/** Penalties added up. penalty0 ...: of `penalty`, each of so many texels -> one texel in lane x */
export function penaltySum(penalties: readonly number[]): Kernel {
  const body = `
void main() {
  o0 = vec4(0.0);
  ${addPenalties(penalties)}
}`;
  return { name: 'penalty sum', body, inputs: penaltyInputs(penalties), targets: 1, width: 1, height: 1 };
}

/** GLSL that adds penalties to `o0.x`. */
export function addPenalties(penalties: readonly number[]): string {
  const loops = penalties.map(
    (texels, i) => `for (int t = 0; t < ${texels}; t++) o0.x += texelFetch(penalty${i}, ivec3(t, 0, 0), 0).x;`,
  );
  return loops.join('\n  ');
}

/** The samplers of penalties. */
export function penaltyInputs(penalties: readonly number[]): Kernel['inputs'] {
  return Object.fromEntries(penalties.map((_, i) => [`penalty${i}`, 'rgba32f' as const]));
}
