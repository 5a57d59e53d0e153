import { type OptimizerSpec, optimizerOf } from '../../src/core/training/optimizers/registry.ts';

/** How fast a weight moves. */
export interface Pace {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Moves one weight step by step, in double precision, by the update rule that the optimizer's definition states. */
export function weightMover(spec: OptimizerSpec, { learningRate, weightDecay }: Pace) {
  const { rule, slots, rateAt } = optimizerOf(spec.kind);
  const names = slots.map(({ name }) => name);
  const options = new Map<string, unknown>(Object.entries(spec));
  const body = `${rule.join(';\n')};\nreturn [w, ${names.join(', ')}];`;
  const update = new Function('w', 'g', 'rate', 'sqrt', ...names, ...options.keys(), body);
  let remembered = names.map(() => 0);
  let step = 0;
  return (weight: number, gradient: number): number => {
    step++;
    const kept = weight * (1 - learningRate * weightDecay);
    const rate = rateAt(spec, learningRate, step);
    const moved: readonly number[] = update(kept, gradient, rate, Math.sqrt, ...remembered, ...options.values());
    const [next = Number.NaN, ...rest] = moved;
    remembered = rest;
    return next;
  };
}
