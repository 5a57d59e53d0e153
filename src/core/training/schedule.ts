import type { NumericField } from '../network/numeric-field.ts';

/**
 * How the learning rate changes over a run. Every option is relative to the recipe's learning rate and to the length of
 * the run, so that a schedule keeps its shape when either is changed.
 */
export type ScheduleSpec =
  | { readonly kind: 'constant' }
  /** Multiplied by `factor` at each of `drops` points that divide the run into equal parts. */
  | { readonly kind: 'step'; readonly drops: number; readonly factor: number }
  /** `finalShare^t` for t from 0 to 1 over the run: Keras' ExponentialDecay over all steps. */
  | { readonly kind: 'exponential'; readonly finalShare: number }
  /** Half a cosine down to `finalShare` (Loshchilov and Hutter, arXiv:1608.03983): Keras' CosineDecay over all steps. */
  | { readonly kind: 'cosine'; readonly finalShare: number }
  /** Up to the recipe's rate, then down to almost nothing (Smith and Topin, arXiv:1708.07120): PyTorch's OneCycleLR. */
  | {
      readonly kind: 'oneCycle';
      readonly warmUpShare: number;
      readonly startDivisor: number;
      readonly finalDivisor: number;
    }
  /** In equal steps up to the recipe's rate, which is then kept (Goyal et al., arXiv:1706.02677, section 2.2). */
  | { readonly kind: 'warmUp'; readonly warmUpShare: number };

export type ScheduleKind = ScheduleSpec['kind'];

/** The learning rate of a step, counted from 0, of a run of `totalSteps`; from its end on, the last one. */
export function learningRateAt(schedule: ScheduleSpec, baseRate: number, step: number, totalSteps: number): number {
  return baseRate * shareAt(schedule, Math.max(0, Math.min(step, totalSteps - 1)), Math.max(1, totalSteps));
}

/** The learning rates of a run of `points` steps: the schedule as a small curve. */
export function scheduleCurve(schedule: ScheduleSpec, baseRate: number, points: number): readonly number[] {
  return Array.from({ length: points }, (_, step) => learningRateAt(schedule, baseRate, step, points));
}

/** What the recipe's rate is multiplied by. */
function shareAt(schedule: ScheduleSpec, step: number, total: number): number {
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor((step * (schedule.drops + 1)) / total);
    case 'exponential':
      return schedule.finalShare ** (step / total);
    case 'cosine':
      return eased(1, schedule.finalShare, step / total);
    case 'oneCycle':
      return oneCycleShare(schedule, step, total);
    case 'warmUp':
      return Math.min(1, (step + 1) / Math.max(1, Math.round(schedule.warmUpShare * total)));
    default:
      return schedule satisfies never;
  }
}

function oneCycleShare(
  { warmUpShare, startDivisor, finalDivisor }: ScheduleSpec & { kind: 'oneCycle' },
  step: number,
  total: number,
): number {
  const peak = Math.max(0, warmUpShare * total - 1);
  const start = 1 / startDivisor;
  if (step < peak) return eased(start, 1, step / peak);
  return eased(1, start / finalDivisor, total - 1 > peak ? (step - peak) / (total - 1 - peak) : 0);
}

/** From one value to another along half a cosine; `t` from 0 to 1. */
function eased(from: number, to: number, t: number): number {
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * t));
}

/** A schedule for the picker: its name, its options as they start, and the fields that change them. */
export interface ScheduleEntry<Spec extends ScheduleSpec = ScheduleSpec> {
  readonly title: string;
  readonly explanation: string;
  readonly defaults: Spec;
  readonly fields: readonly NumericField[];
}

const FINAL_SHARE: NumericField = {
  option: 'finalShare',
  label: 'Ends at',
  type: 'number',
  min: 0,
  max: 1,
  steps: [0, 0.001, 0.01, 0.1],
  explanation: 'The share of the learning rate that is left at the end of the run; usual: 0 to 0.1.',
};

const WARM_UP_SHARE: NumericField = {
  option: 'warmUpShare',
  label: 'Warm-up',
  type: 'number',
  min: 0,
  max: 0.9,
  steps: [0.05, 0.1, 0.2, 0.3],
  explanation: 'The share of the run in which the rate rises; usual: 0.05 to 0.3.',
};

/** Every schedule, in the order of the picker. */
export const SCHEDULES: { readonly [Kind in ScheduleKind]: ScheduleEntry<Extract<ScheduleSpec, { kind: Kind }>> } = {
  constant: {
    title: 'Constant',
    explanation: 'The same learning rate from the first step to the last.',
    defaults: { kind: 'constant' },
    fields: [],
  },
  step: {
    title: 'Step',
    explanation: 'Cuts the rate at equal intervals: large steps first, then smaller and smaller ones.',
    defaults: { kind: 'step', drops: 2, factor: 0.1 },
    fields: [
      {
        option: 'drops',
        label: 'Drops',
        type: 'integer',
        min: 1,
        max: 20,
        steps: [1, 2, 3, 4, 5],
        explanation: 'How often the rate is cut during the run; usual: 1 to 4.',
      },
      {
        option: 'factor',
        label: 'Factor',
        type: 'number',
        min: 0.01,
        max: 1,
        steps: [0.1, 0.2, 0.3, 0.5],
        explanation: 'What the rate is multiplied by at each drop; usual: 0.1 to 0.5.',
      },
    ],
  },
  exponential: {
    title: 'Exponential',
    explanation: 'Lowers the rate by the same share at every step, so that it falls quickly at first.',
    defaults: { kind: 'exponential', finalShare: 0.01 },
    // A rate that reaches 0 by equal factors is 0 from the second step on.
    fields: [{ ...FINAL_SHARE, min: 1e-6, steps: [0.001, 0.01, 0.1, 0.3] }],
  },
  cosine: {
    title: 'Cosine',
    explanation:
      'Stays high for a long time, then falls gently to the end; a good choice when the number of epochs is fixed.',
    defaults: { kind: 'cosine', finalShare: 0 },
    fields: [FINAL_SHARE],
  },
  oneCycle: {
    title: 'One cycle',
    explanation: 'Rises to the rate, then falls far below it; often gives the most accurate network in few epochs.',
    defaults: { kind: 'oneCycle', warmUpShare: 0.3, startDivisor: 25, finalDivisor: 10_000 },
    fields: [
      WARM_UP_SHARE,
      {
        option: 'startDivisor',
        label: 'Starts at 1 /',
        type: 'number',
        min: 1,
        max: 1000,
        steps: [10, 25, 100],
        explanation: 'How many times smaller than its peak the rate is at the first step; usual: 10 to 25.',
      },
      {
        option: 'finalDivisor',
        label: 'Ends lower by',
        type: 'number',
        min: 1,
        max: 1e6,
        steps: [1, 100, 1000, 10_000],
        explanation: 'How many times smaller than at the first step the rate is at the last one; usual: 100 to 10,000.',
      },
    ],
  },
  warmUp: {
    title: 'Warm-up',
    explanation: 'Begins with small steps, so that a large rate does not ruin the first weights, then stays constant.',
    defaults: { kind: 'warmUp', warmUpShare: 0.1 },
    fields: [WARM_UP_SHARE],
  },
};
