import { dispose, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { at } from '../../core/at.ts';
import { sampleBytesOf } from '../../core/dataset/spec.ts';
import type { Evaluation, EvaluationSet } from '../../core/evaluation/evaluation.ts';
import type { LossSpec } from '../../core/training/recipe.ts';
import type { Device } from '../device.ts';
import type { EvaluationControl } from '../engine.ts';
import { EVALUATION_BATCH } from '../evaluation-samples.ts';
import { FEATURE_BATCH } from '../feature-index.ts';
import { evaluationOf, softmaxRows } from '../scores.ts';
import { yieldToMessages } from '../yield.ts';
import type { PassContext } from './layers/forward.ts';
import type { Model } from './model.ts';
import { type BatchSource, samplesFromBytes } from './ops/batch-source.ts';

const INFERENCE: PassContext = { training: false, seed: 0, step: 0 };

/** The samples to be judged on. */
export interface EvaluationSamples {
  readonly set: EvaluationSet;
  readonly source: BatchSource;
  /** Positions in the split: [n]. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** True classes: [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** What the network is trained by. */
  readonly loss: LossSpec;
}

/**
 * Evaluates a network on a set of samples, batch by batch; messages are handled in between. NaN where the set is empty.
 */
export async function evaluate(
  model: Model,
  device: Device,
  { set, source, indices, labels, loss }: EvaluationSamples,
  control: EvaluationControl,
): Promise<Evaluation> {
  const { classes } = model;
  const logits = new Float32Array(indices.length * classes);
  for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
    control.signal.throwIfAborted();
    const some = indices.subarray(start, start + EVALUATION_BATCH);
    const answers = await answer(
      device,
      () => source.gather(filledUp(some)).samples,
      (samples) => model.forward(samples, INFERENCE),
    );
    logits.set(answers.subarray(0, some.length * classes), start * classes);
    control.onProgress(start + some.length, indices.length);
    await yieldToMessages();
  }
  return evaluationOf({ set, indices, labels }, logits, classes, loss);
}

/** The values of a tensor, row by row, that the device makes of the samples that `take` puts on it. */
async function answer(
  device: Device,
  take: () => Tensor,
  ask: (inputs: Tensor) => Tensor,
): Promise<Float32Array<ArrayBuffer>> {
  device.throwIfLost();
  const values = tidy(() => ask(take()));
  try {
    return await device.read(values);
  } finally {
    dispose(values);
  }
}

/** Probabilities [n, classes] for samples as they are stored. */
export async function probabilitiesOf(
  model: Model,
  device: Device,
  samples: Uint8Array,
): Promise<Float32Array<ArrayBuffer>> {
  const { classes } = model;
  const ask = (inputs: Tensor) => model.forward(inputs, INFERENCE);
  const logits = await answersTo(samples, { model, device, ask, width: classes, batch: EVALUATION_BATCH });
  return softmaxRows(logits, classes);
}

/** Values [n, width] of the layer at a position of the graph for samples as they are stored; at -1 the inputs themselves. */
export async function activationsOf(
  model: Model,
  device: Device,
  samples: Uint8Array,
  position: number,
): Promise<Float32Array<ArrayBuffer>> {
  const width = model.widthOf(position);
  const ask = (inputs: Tensor) => model.activations(inputs, position, INFERENCE);
  return answersTo(samples, { model, device, ask, width, batch: FEATURE_BATCH });
}

/** A question to a network. */
interface Question {
  readonly model: Model;
  readonly device: Device;
  readonly ask: (inputs: Tensor) => Tensor;
  /** Values that come back for a sample. */
  readonly width: number;
  /** Samples at a time where there are several. */
  readonly batch: number;
}

/** Values [n, width] for samples as they are stored. */
async function answersTo(samples: Uint8Array, { model: { dataset }, device, ask, width, batch }: Question) {
  const bytes = sampleBytesOf(dataset);
  const count = samples.length / bytes;
  // Two batch sizes in all, so that no number of samples needs a shader of its own.
  const size = count === 1 ? 1 : batch;
  const values = new Float32Array(count * width);
  for (let start = 0; start < count; start += size) {
    const some = new Uint8Array(size * bytes);
    some.set(samples.subarray(start * bytes, (start + size) * bytes));
    const answers = await answer(device, () => samplesFromBytes(dataset, some), ask);
    values.set(answers.subarray(0, (count - start) * width), start * width);
  }
  return values;
}

/** A last batch that is not full, filled with copies of its first image: another shape would need other shaders. */
function filledUp(indices: Uint32Array): Uint32Array {
  if (indices.length === EVALUATION_BATCH) return indices;
  const full = new Uint32Array(EVALUATION_BATCH).fill(at(indices, 0));
  full.set(indices);
  return full;
}
