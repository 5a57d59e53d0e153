import type { Recipe } from '../training/recipe.ts';
import { call, real, realUnless, rounded, verbatim } from './python.ts';
import { sampleCounts } from './sample-counts.ts';

/** The expression for the scheduler of `optimizer` over `steps`; null for a constant rate. */
export function torchSchedule(recipe: Recipe): string | null {
  const { schedule, learningRate: rate, epochs } = recipe;
  const name = (kind: string) => `torch.optim.lr_scheduler.${kind}`;
  const own = verbatim('optimizer');
  switch (schedule.kind) {
    case 'constant':
      return null;
    case 'step': {
      const parts = schedule.drops + 1;
      const ends = verbatim(`[math.ceil(i * steps / ${parts}) for i in range(1, ${parts})]`);
      return call(name('MultiStepLR'), [own, ends], { gamma: real(schedule.factor) });
    }
    case 'exponential':
      return call(name('ExponentialLR'), [own, verbatim(`${real(schedule.finalShare).code} ** (1 / steps)`)]);
    case 'cosine':
      return call(name('CosineAnnealingLR'), [own, verbatim('steps')], {
        eta_min: realUnless(rate * schedule.finalShare, 0),
      });
    case 'oneCycle': {
      if (schedule.warmUpShare * epochs * sampleCounts(recipe).stepsPerEpoch > 1) {
        return call(name('OneCycleLR'), [own, real(rate), verbatim('steps')], {
          pct_start: real(schedule.warmUpShare),
          div_factor: real(schedule.startDivisor),
          final_div_factor: real(schedule.finalDivisor),
          cycle_momentum: false,
        });
      }
      // OneCycleLR has to rise first.
      const least = rounded(rate / schedule.startDivisor / schedule.finalDivisor);
      return call(name('CosineAnnealingLR'), [own, verbatim('max(1, steps - 1)')], { eta_min: least });
    }
    case 'warmUp': {
      const rising = `max(1, int(${real(schedule.warmUpShare).code} * steps + 0.5))`;
      return call(name('LambdaLR'), [own, verbatim(`lambda step: min(1.0, (step + 1) / ${rising})`)]);
    }
    default:
      return schedule satisfies never;
  }
}
