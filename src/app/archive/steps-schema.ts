import * as v from 'valibot';
import type { Steps } from '../../state/curves.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A value may be infinite or not a number: that is how a training fails. */
const value = v.custom<number>((given) => typeof given === 'number');
const floats = v.custom<Float32Array<ArrayBuffer>>((given) => given instanceof Float32Array);

/** Means of the first steps of a long run. */
export const thinnedSchema = v.pipe(
  v.object({
    steps: count,
    stride: v.pipe(count, v.minValue(1)),
    losses: floats,
    accuracies: floats,
    first: value,
    most: value,
  }),
  v.check(
    ({ steps, stride, losses, accuracies }) => losses.length * stride === steps && accuracies.length === losses.length,
    'Means are over equal stretches.',
  ),
);

const stepsSchema = v.pipe(
  v.object({ losses: floats, accuracies: floats }),
  v.check(({ losses, accuracies }) => losses.length === accuracies.length, 'Every step has a loss and an accuracy.'),
);

/** Loss and accuracy of steps; null where a value is none of today's form. */
export function parseSteps(value: unknown): Steps | null {
  const result = v.safeParse(stepsSchema, value);
  return result.success ? result.output : null;
}
