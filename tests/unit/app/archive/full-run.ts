import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { draftOf } from '../../../../src/state/draft.ts';
import { newRun, type Run } from '../../../../src/state/run.ts';
import { evaluationOf } from '../../core/support/evaluation.ts';

export const draft = draftOf(ciutacuCnn, 42);
export const CONFUSION = Array.from({ length: 10 }, () => new Array<number>(10).fill(3));
export const EVALUATION = evaluationOf([
  [6, 0, 0.75],
  [4, 4, 0.5],
]);

/** A run that has something of everything that is kept. */
export function fullRun(number: number): Run {
  return {
    ...newRun(number, draft, 'CNN', 'wasm'),
    carriedFrom: { kind: 'run', run: 1, layers: ['conv2d-1'] },
    pinned: true,
    phase: 'paused',
    stepsPerEpoch: 2,
    losses: Float32Array.of(2, 1, Number.NaN),
    accuracies: Float32Array.of(0.1, 0.5, 0.75),
    epochs: [
      {
        epoch: 1,
        step: 2,
        trainSample: { loss: 1, accuracy: 0.5 },
        validation: { loss: Number.POSITIVE_INFINITY, accuracy: 0 },
        confusion: CONFUSION,
        seconds: 1.5,
      },
      { epoch: 2, step: 3, trainSample: null, validation: null, confusion: null, seconds: 3 },
    ],
    adjustments: [{ step: 1, values: { learningRate: 0.1, dropout: null } }],
    stoppedAt: 2,
    restoredEpoch: 1,
    validation: { ...EVALUATION, set: 'validation' },
    test: EVALUATION,
    imagesPerSecond: 800,
    seconds: 3,
    failure: 'The loss blew up.',
  };
}
