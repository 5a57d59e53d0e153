import { at as elementAt } from '../../../../core/at.ts';
import { type OptimizerSpec, optimizerOf } from '../../../../core/training/optimizers/registry.ts';
import { chunksFor } from '../../kernels/elementwise.ts';
import { ADAGRAD, ADAM, DESCENT, MOMENTUM, RMSPROP } from '../../kernels/optimizer.ts';
import type { Processor } from '../../processor.ts';
import type { Bind } from './binding.ts';

/** Weight decay first, apart from the gradient; then the optimizer's rule. In place: each value is read before it is written. */
export const update: Bind<'update'> = ({ recording, operation: { inputs, attributes }, at }) => {
  const { processor } = recording;
  const { optimizer, count } = attributes;
  const { rateAt } = optimizerOf(optimizer.kind);
  const places = { weight: at(inputs.weight), gradient: at(inputs.gradient), slots: inputs.slots.map(at), count };
  const decaysItself = ['adam', 'adamw', 'muon'].includes(optimizer.kind);
  recording.perform(({ step, learningRate, weightDecay }) => {
    const keep = 1 - learningRate * weightDecay;
    if (keep !== 1 && !decaysItself) shrink(processor.floats, places.weight / 4, count, Math.fround(keep));
    move(processor, optimizer, places, { rate: rateAt(optimizer, learningRate, step + 1), keep });
  });
};

function shrink(floats: Float32Array, start: number, count: number, keep: number): void {
  for (let i = start; i < start + count; i++) floats[i] = (floats[i] ?? 0) * keep;
}

interface Places {
  readonly weight: number;
  readonly gradient: number;
  readonly slots: readonly number[];
  readonly count: number;
}

function move(
  processor: Processor,
  spec: OptimizerSpec,
  { weight, gradient, slots, count }: Places,
  { rate, keep }: { readonly rate: number; readonly keep: number },
): void {
  const chunks = chunksFor(count);
  const common = { weight, gradient, newWeight: weight, count };
  switch (spec.kind) {
    case 'adam':
    // Of weights that are no matrices: see `updateMatrix`.
    case 'muon':
    case 'adamw': {
      const [mean, square] = [elementAt(slots, 0), elementAt(slots, 1)];
      const numbers = { rate1: 1 - spec.beta1, rate2: 1 - spec.beta2, alpha: rate, epsilon: spec.epsilon, keep };
      processor.run(ADAM, chunks, { ...common, mean, square, newMean: mean, newSquare: square, ...numbers });
      return;
    }
    case 'momentum': {
      const velocity = elementAt(slots, 0);
      const { momentum, nesterov } = spec;
      const numbers = { momentum, rate, ahead: nesterov ? momentum : 1, direct: Number(nesterov) };
      processor.run(MOMENTUM, chunks, { ...common, velocity, newVelocity: velocity, ...numbers });
      return;
    }
    case 'rmsprop': {
      const square = elementAt(slots, 0);
      const numbers = { rho: spec.rho, rest: 1 - spec.rho, rate, epsilon: spec.epsilon };
      processor.run(RMSPROP, chunks, { ...common, square, newSquare: square, ...numbers });
      return;
    }
    case 'adagrad': {
      const sum = elementAt(slots, 0);
      const numbers = { rate, begin: spec.initialAccumulator + spec.epsilon };
      processor.run(ADAGRAD, chunks, { ...common, sum, newSum: sum, ...numbers });
      return;
    }
    case 'sgd':
      processor.run(DESCENT, chunks, { ...common, rate });
      return;
    default:
      spec satisfies never;
  }
}
