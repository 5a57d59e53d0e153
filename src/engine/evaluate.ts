import { dispose, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { IMAGE_BYTES } from '../core/data-set.ts';
import type { Evaluation, EvaluationSet } from '../core/evaluation.ts';
import { CLASS_COUNT } from '../core/shape.ts';
import type { Device } from './device.ts';
import type { EvaluationControl } from './engine.ts';
import type { PassContext } from './layers/forward.ts';
import type { LossSpec } from './loss.ts';
import type { Model } from './model.ts';
import { type BatchSource, imagesFromPixels } from './ops/batch-source.ts';
import { judge, softmaxRows } from './scores.ts';
import { yieldToMessages } from './yield.ts';

/** Images at a time when a network is judged: divides 10,000, so that the test set has no odd batch. */
export const EVALUATION_BATCH = 250;

const INFERENCE: PassContext = { training: false, seed: 0, step: 0 };

/** The images to be judged on. */
export interface EvaluationImages {
  readonly set: EvaluationSet;
  readonly source: BatchSource;
  /** Positions in the split: [n]. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** True classes: [n]. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** What the network is trained by. */
  readonly loss: LossSpec;
}

/** Judges a network on a set of images, batch by batch, letting messages in between. NaN where the set is empty. */
export async function evaluate(
  model: Model,
  device: Device,
  { set, source, indices, labels, loss }: EvaluationImages,
  control: EvaluationControl,
): Promise<Evaluation> {
  const logits = new Float32Array(indices.length * CLASS_COUNT);
  for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
    control.signal.throwIfAborted();
    const some = indices.subarray(start, start + EVALUATION_BATCH);
    const answers = await answer(model, device, () => source.gather(filledUp(some)).images);
    logits.set(answers.subarray(0, some.length * CLASS_COUNT), start * CLASS_COUNT);
    control.onProgress(start + some.length, indices.length);
    await yieldToMessages();
  }
  return { set, indices, labels, ...judge(logits, labels, loss), probabilities: softmaxRows(logits) };
}

/** The logits [batch * 10], row by row, for the images [batch, 28, 28, 1] that `take` puts on the device. */
async function answer(model: Model, device: Device, take: () => Tensor4D): Promise<Float32Array<ArrayBuffer>> {
  device.throwIfLost();
  const logits = tidy(() => model.forward(take(), INFERENCE));
  try {
    return await device.read(logits);
  } finally {
    dispose(logits);
  }
}

/** Softmax outputs [n, 10] for bytes [n, 784]. */
export async function probabilitiesOf(
  model: Model,
  device: Device,
  pixels: Uint8Array,
): Promise<Float32Array<ArrayBuffer>> {
  const count = pixels.length / IMAGE_BYTES;
  // Two batch sizes in all, so that no number of drawings needs a shader of its own.
  const size = count === 1 ? 1 : EVALUATION_BATCH;
  const logits = new Float32Array(count * CLASS_COUNT);
  for (let start = 0; start < count; start += size) {
    const some = new Uint8Array(size * IMAGE_BYTES);
    some.set(pixels.subarray(start * IMAGE_BYTES, (start + size) * IMAGE_BYTES));
    const answers = await answer(model, device, () => imagesFromPixels(some));
    logits.set(answers.subarray(0, (count - start) * CLASS_COUNT), start * CLASS_COUNT);
  }
  return softmaxRows(logits);
}

/** A last batch that is not full, with its first image again and again: another shape would need other shaders. */
function filledUp(indices: Uint32Array): Uint32Array {
  if (indices.length === EVALUATION_BATCH) return indices;
  const full = new Uint32Array(EVALUATION_BATCH).fill(indices[0] ?? 0);
  full.set(indices);
  return full;
}
