import { classCountOf, type DatasetSpec } from '../dataset/spec.ts';
import type { Shape } from './shape.ts';

/** How a network may end: a layer of so many units with this activation. */
export interface Ending {
  readonly units: number;
  readonly activation: 'softmax' | 'sigmoid';
}

/**
 * The ends that a network for a data set may have: a unit for each class with softmax; for two classes also a single unit
 * with sigmoid, the probability of the second one.
 */
export function endingsFor(dataset: DatasetSpec): readonly [Ending, ...Ending[]] {
  const classes = classCountOf(dataset);
  const softmax: Ending = { units: classes, activation: 'softmax' };
  return classes === 2 ? [softmax, { units: 1, activation: 'sigmoid' }] : [softmax];
}

/** The end that outputs of this shape can be; undefined where their number fits no end of the data set. */
export function endingOf(output: Shape, dataset: DatasetSpec): Ending | undefined {
  return output.length === 1 ? endingsFor(dataset).find(({ units }) => units === output[0]) : undefined;
}
