import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DenseSpec } from '../../../../src/core/network/layers/dense.ts';
import { createLayer } from '../../../../src/core/network/network.ts';
import type { Observation } from '../../../../src/core/training/coach/verdict.ts';
import { courseOf } from '../../../../src/core/training/loss-course.ts';
import { parseRecipe } from '../../../../src/core/training/recipe-parse.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';

const CURVES = fileURLToPath(new URL('../../../fixtures/curves', import.meta.url));

/** A recorded run as the coach saw it after each of its epochs, and when it had ended. */
export function recorded(name: string): {
  readonly whole: Observation;
  readonly after: (epochs: number) => Observation;
} {
  const { network, recipe, losses, epochs, stepsPerEpoch } = JSON.parse(readFileSync(`${CURVES}/${name}.json`, 'utf8'));
  const layers = network.layers.map((layer: DenseSpec) => createLayer(layer.kind, layer.id, layer));
  const whole: Observation = {
    setup: { dataset: FASHION_MNIST, network: { layers }, recipe: parseRecipe(recipe, FASHION_MNIST) },
    epochs,
    losses: courseOf(Float32Array.from(losses, Number)),
    stepsPerEpoch,
    ended: true,
  };
  const after = (count: number): Observation => ({
    ...whole,
    epochs: epochs.slice(0, count),
    losses: courseOf(whole.losses.newest.slice(0, count * stepsPerEpoch)),
    ended: false,
  });
  return { whole, after };
}

/** Judged epochs from rows of training loss and accuracy, validation loss and accuracy. */
export function epochsOf(...rows: readonly (readonly [number, number, number, number])[]): Observation['epochs'] {
  return rows.map(([loss, accuracy, validationLoss, validationAccuracy], i) => ({
    epoch: i + 1,
    trainSample: { loss, accuracy },
    validation: { loss: validationLoss, accuracy: validationAccuracy },
  }));
}
