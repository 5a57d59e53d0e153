import { numberText } from '../../text/number-text.ts';
import { RECURRENT_INITIALIZERS, type RecurrentInitializer, type WeightInitializer } from '../initializers.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Arithmetic, Freezable, Inference, OptionField, Repair, WeightName, WeightSpec } from './definition.ts';
import { countField, FROZEN_FIELD } from './fields.ts';
import { KERNEL_DEFAULTS, KERNEL_FIELDS, type KernelOptions, kernelOf, parametersOf } from './kernel.ts';

/**
 * What the recurrent kinds share. A sequence is `[steps, features]`; an image is read as one, row by row, with the pixels
 * and channels of a row as its features.
 */

/** The options of a recurrent layer, as in Keras; `bidirectional` stands for its wrapper of that name, which concatenates. */
export interface RecurrentOptions extends KernelOptions, Freezable {
  readonly units: number;
  /** Whether each step's output goes on, or only the last one's. */
  readonly returnSequences: boolean;
  /** Whether a second set of weights reads the sequence from its end; both outputs are put side by side. */
  readonly bidirectional: boolean;
  readonly recurrentInitializer: RecurrentInitializer;
}

/** What is true of the recurrent kinds. Those with gates are not linear: the gates have functions of their own. */
export const RECURRENT_TRAITS = {
  inputs: 'above',
  keepsValues: false,
  linear: false,
  weights: 'kernel',
  normalizes: 'nothing',
  drops: false,
  readsSequences: true,
  cutsPatches: false,
  attends: false,
} as const;

/** The options as they start, as in Keras. */
export const RECURRENT_DEFAULTS = {
  frozen: false,
  units: 64,
  returnSequences: false,
  bidirectional: false,
  recurrentInitializer: 'orthogonal',
  ...KERNEL_DEFAULTS,
} as const;

const UNITS_FIELD = countField(
  'units',
  'Units',
  'How many numbers the layer remembers from step to step; usual: 32 to 256.',
  512,
);

const SWITCH_FIELDS: readonly OptionField[] = [
  {
    option: 'returnSequences',
    label: 'Return sequences',
    type: 'switch',
    explanation: 'Passes on every step, as another recurrent layer needs, and not only the last one.',
  },
  {
    option: 'bidirectional',
    label: 'Bidirectional',
    type: 'switch',
    explanation: 'Reads the sequence from both ends, with separate weights, and puts both results side by side.',
  },
];

const RECURRENT_INITIALIZER_FIELD: OptionField = {
  option: 'recurrentInitializer',
  label: 'Recurrent initializer',
  type: 'choice',
  choices: RECURRENT_INITIALIZERS,
  explanation: 'How the weights between steps start; orthogonal ones neither grow nor shrink over many steps.',
};

/** The fields of {@link RecurrentOptions}. */
export const RECURRENT_FIELDS: readonly OptionField[] = [
  FROZEN_FIELD,
  UNITS_FIELD,
  ...SWITCH_FIELDS,
  RECURRENT_INITIALIZER_FIELD,
  ...KERNEL_FIELDS,
];

/** What tells the kinds apart: gates a unit, and how their bias looks and starts. */
export interface Cell {
  /** Weighted sums for each unit and step: 1, 3 or 4. */
  readonly gates: number;
  /** Biases for each of them: one, or in a GRU one for each of its two sums. */
  readonly biases: number;
  readonly biasInitializer: WeightInitializer;
}

/** An input as steps and features; null when it is a row of numbers. */
export function sequenceOf(input: Shape): { readonly steps: number; readonly features: number } | null {
  const [steps = 0, ...rest] = input;
  return rest.length === 0 ? null : { steps, features: sizeOf(rest) };
}

/** One row of outputs, or one for each step; a row of numbers is no sequence. */
function inferRecurrent(spec: RecurrentOptions, input: Shape): Inference {
  const sequence = sequenceOf(input);
  if (sequence !== null) {
    const width = outputWidth(spec);
    return { shape: spec.returnSequences ? [sequence.steps, width] : [width] };
  }
  return {
    misfit: {
      code: 'sequence',
      message: `A recurrent layer reads a sequence step by step, such as the rows of an image, but this one receives a row of ${numberText(sizeOf(input))} numbers.`,
      repairs: [reshapeTo(evenSequence(sizeOf(input)) ?? [sizeOf(input), 1])],
    },
  };
}

function outputWidth({ bidirectional, units }: RecurrentOptions): number {
  return bidirectional ? 2 * units : units;
}

/** How many steps a recurrent layer reads in good time: each has to wait for the one before. */
export const MOST_STEPS = 100;

/** So many numbers as a sequence of about as many steps as features; null where that is not possible in few steps. */
export function evenSequence(size: number): Shape | null {
  for (let steps = Math.min(MOST_STEPS, Math.floor(Math.sqrt(size))); steps > 1; steps--) {
    if (size % steps === 0) return [steps, size / steps];
  }
  return null;
}

function reshapeTo(targetShape: Shape): Repair {
  const label = `Reshape to ${targetShape.map(numberText).join('×')}`;
  return { label, reshape: targetShape };
}

/** Kernel, recurrent kernel and bias, gates side by side; then those of the other direction. */
function recurrentWeights(spec: RecurrentOptions, cell: Cell, input: Shape): readonly WeightSpec[] {
  const forward = directionWeights(spec, cell, input, ['kernel', 'recurrentKernel', 'bias']);
  const backwardNames = ['backwardKernel', 'backwardRecurrentKernel', 'backwardBias'] as const;
  return spec.bidirectional ? [...forward, ...directionWeights(spec, cell, input, backwardNames)] : forward;
}

function directionWeights(
  spec: RecurrentOptions,
  { gates, biases, biasInitializer }: Cell,
  input: Shape,
  [kernel, recurrentKernel, bias]: readonly [WeightName, WeightName, WeightName],
): readonly WeightSpec[] {
  const width = gates * spec.units;
  const plain = { trainable: true, l1: 0, l2: 0 };
  return [
    kernelOf(spec, [sequenceOf(input)?.features ?? 0, width], kernel),
    { ...plain, name: recurrentKernel, shape: [spec.units, width], initializer: spec.recurrentInitializer },
    { ...plain, name: bias, shape: biases > 1 ? [biases, width] : [width], initializer: biasInitializer },
  ];
}

function directions(spec: RecurrentOptions): number {
  return spec.bidirectional ? 2 : 1;
}

/** Two operations for each weight of a kernel and each step. */
function recurrentFlops(spec: RecurrentOptions, { gates }: Cell, input: Shape): number {
  const { steps, features } = sequenceOf(input) ?? { steps: 0, features: 0 };
  return directions(spec) * steps * 2 * gates * spec.units * (features + spec.units);
}

/** Each step keeps its gates, its state and what it gives. */
function recurrentSavedActivations(spec: RecurrentOptions, { gates }: Cell, input: Shape): number {
  return directions(spec) * (sequenceOf(input)?.steps ?? 0) * spec.units * (gates + 2);
}

/** Width and reading in a few words. */
function recurrentSummary(spec: RecurrentOptions): string {
  const ways = spec.bidirectional ? ' · bidirectional' : '';
  return `${spec.units}${ways}${spec.returnSequences ? ' · every step' : ''}`;
}

/** Steps, features and parameters as sums. */
function recurrentArithmetic(spec: RecurrentOptions, cell: Cell, input: Shape): Arithmetic {
  const { steps, features } = sequenceOf(input) ?? { steps: 0, features: 0 };
  const { units } = spec;
  const times = (count: number) => (count > 1 ? `${count} × ` : '');
  const total = numberText(parametersOf(recurrentWeights(spec, cell, input)));
  const width = `${times(directions(spec))}${units}`;
  return {
    output: [
      `${steps} steps of ${numberText(features)} features`,
      spec.returnSequences ? `${width} for each step` : `${width} after the last step`,
    ],
    parameters: `${times(directions(spec))}${times(cell.gates)}(${features} + ${units} + ${cell.biases}) × ${units} = ${total}`,
  };
}

/** What all recurrent kinds have in common, by their cells. */
export function recurrentLayer(cell: Cell) {
  return {
    group: 'recurrent',
    traits: RECURRENT_TRAITS,
    fields: RECURRENT_FIELDS,
    infer: inferRecurrent,
    weights: (spec: RecurrentOptions, input: Shape) => recurrentWeights(spec, cell, input),
    flops: (spec: RecurrentOptions, input: Shape) => recurrentFlops(spec, cell, input),
    savedActivations: (spec: RecurrentOptions, input: Shape) => recurrentSavedActivations(spec, cell, input),
    idleness: () => null,
    summary: recurrentSummary,
    arithmetic: (spec: RecurrentOptions, input: Shape) => recurrentArithmetic(spec, cell, input),
  } as const;
}
