import type { Recipe } from '../training/recipe.ts';
import type { ScheduleSpec } from '../training/schedule.ts';
import { call, indented, real, rounded, verbatim } from './python.ts';
import { sampleCounts } from './sample-counts.ts';

/** The lines that define `schedule`; none for a constant rate. */
export function kerasSchedule(recipe: Recipe): readonly string[] {
  const { schedule, learningRate, epochs, batchSize } = recipe;
  const { trained, stepsPerEpoch } = sampleCounts(recipe);
  if (schedule.kind === 'constant') return [];
  const steps = `steps = ${epochs} * math.ceil(${trained} / ${batchSize})`;
  return [steps, ...linesOf(schedule, learningRate, epochs * stepsPerEpoch)];
}

function linesOf(
  schedule: Exclude<ScheduleSpec, { kind: 'constant' }>,
  rate: number,
  total: number,
): readonly string[] {
  const name = (kind: string) => `keras.optimizers.schedules.${kind}`;
  switch (schedule.kind) {
    case 'step': {
      const parts = schedule.drops + 1;
      const rates = Array.from({ length: parts }, (_, i) => rounded(rate * schedule.factor ** i).code);
      return assigned(
        call(name('PiecewiseConstantDecay'), [
          verbatim(`[math.ceil(i * steps / ${parts}) - 1 for i in range(1, ${parts})]`),
          verbatim(`[${rates.join(', ')}]`),
        ]),
      );
    }
    case 'exponential':
      return assigned(call(name('ExponentialDecay'), [real(rate), verbatim('steps'), real(schedule.finalShare)]));
    case 'cosine': {
      const alpha = schedule.finalShare === 0 ? null : real(schedule.finalShare);
      return assigned(call(name('CosineDecay'), [real(rate), verbatim('steps')], { alpha }));
    }
    case 'oneCycle': {
      const end = 1 / schedule.startDivisor / schedule.finalDivisor;
      if (schedule.warmUpShare * total > 1) return oneCycle(schedule, rate, end);
      const alpha = rounded(end);
      return assigned(call(name('CosineDecay'), [real(rate), verbatim('max(1, steps - 1)')], { alpha }));
    }
    case 'warmUp':
      return ownSchedule('WarmUp', 'Up to the rate in equal steps, then constant.', [
        `return ${real(rate).code} * keras.ops.minimum(1.0, (step + 1) / max(1, int(${real(schedule.warmUpShare).code} * steps + 0.5)))`,
      ]);
    default:
      return schedule satisfies never;
  }
}

function assigned(expression: string): readonly string[] {
  return [`schedule = ${expression}`];
}

/** Keras has no schedule that rises along a cosine. */
function oneCycle(
  { warmUpShare, startDivisor }: ScheduleSpec & { kind: 'oneCycle' },
  rate: number,
  end: number,
): readonly string[] {
  const start = rounded(1 / startDivisor).code;
  return ownSchedule('OneCycle', 'Up to the rate along half a cosine, then down far below it.', [
    `peak = ${real(warmUpShare).code} * steps - 1`,
    'rise = self.ease(step / max(1.0, peak))',
    'fall = self.ease((step - peak) / max(1e-6, steps - 1 - peak))',
    `rising = ${start} + (1 - ${start}) * rise`,
    `falling = 1 + (${rounded(end).code} - 1) * fall`,
    `return ${real(rate).code} * keras.ops.where(step < peak, rising, falling)`,
    '',
    'def ease(self, share):',
    ...indented(['return (1 - keras.ops.cos(math.pi * share)) / 2']),
  ]);
}

/** A class for a schedule that Keras lacks; `body` gives the rate of `step`, and methods after an empty line. */
function ownSchedule(name: string, meaning: string, body: readonly string[]): readonly string[] {
  const end = body.includes('') ? body.indexOf('') : body.length;
  return [
    '',
    '',
    `class ${name}(keras.optimizers.schedules.LearningRateSchedule):`,
    ...indented([
      `"""${meaning}"""`,
      '',
      'def __call__(self, step):',
      ...indented(['step = keras.ops.cast(step, "float32")', ...body.slice(0, end)]),
      ...body.slice(end),
      '',
      'def get_config(self):',
      ...indented(['return {}']),
    ]),
    '',
    '',
    `schedule = ${name}()`,
  ];
}
