import { dispose, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { IMAGE_BYTES } from '../../core/dataset/stream-events.ts';
import type { Evaluation, EvaluationSet } from '../../core/evaluation/evaluation.ts';
import { CLASS_COUNT } from '../../core/network/shape.ts';
import type { Device } from '../device.ts';
import type { EvaluationControl } from '../engine.ts';
import { FEATURE_BATCH } from '../feature-index.ts';
import { judge, softmaxRows } from '../scores.ts';
import { yieldToMessages } from '../yield.ts';
import type { PassContext } from './layers/forward.ts';
import type { LossSpec } from './loss.ts';
import type { Model } from './model.ts';
import { type BatchSource, imagesFromPixels } from './ops/batch-source.ts';

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

/**
 * Evaluates a network on a set of images, batch by batch; messages are handled in between. NaN where the set is empty.
 */
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
    const answers = await answer(
      device,
      () => source.gather(filledUp(some)).images,
      (images) => model.forward(images, INFERENCE),
    );
    logits.set(answers.subarray(0, some.length * CLASS_COUNT), start * CLASS_COUNT);
    control.onProgress(start + some.length, indices.length);
    await yieldToMessages();
  }
  return { set, indices, labels, ...judge(logits, labels, loss), probabilities: softmaxRows(logits) };
}

/** The values of a tensor, row by row, that the device makes of the images that `take` puts on it. */
async function answer(
  device: Device,
  take: () => Tensor4D,
  ask: (images: Tensor4D) => Tensor,
): Promise<Float32Array<ArrayBuffer>> {
  device.throwIfLost();
  const values = tidy(() => ask(take()));
  try {
    return await device.read(values);
  } finally {
    dispose(values);
  }
}

/** Softmax outputs [n, 10] for bytes [n, 784]. */
export async function probabilitiesOf(
  model: Model,
  device: Device,
  pixels: Uint8Array,
): Promise<Float32Array<ArrayBuffer>> {
  const ask = (images: Tensor4D) => model.forward(images, INFERENCE);
  return softmaxRows(await answersTo(pixels, { device, ask, width: CLASS_COUNT, batch: EVALUATION_BATCH }));
}

/** Values [n, width] of the layer at a position of the graph for bytes [n, 784]; the pixels, 0 ... 1, at -1. */
export async function activationsOf(
  model: Model,
  device: Device,
  pixels: Uint8Array,
  position: number,
): Promise<Float32Array<ArrayBuffer>> {
  const width = model.widthOf(position);
  const ask = (images: Tensor4D) => model.activations(images, position, INFERENCE);
  return answersTo(pixels, { device, ask, width, batch: FEATURE_BATCH });
}

/** A question to a network. */
interface Question {
  readonly device: Device;
  readonly ask: (images: Tensor4D) => Tensor;
  /** Values that come back for an image. */
  readonly width: number;
  /** Images at a time where there are several. */
  readonly batch: number;
}

/** Values [n, width] for bytes [n, 784]. */
async function answersTo(pixels: Uint8Array, { device, ask, width, batch }: Question) {
  const count = pixels.length / IMAGE_BYTES;
  // Two batch sizes in all, so that no number of drawings needs a shader of its own.
  const size = count === 1 ? 1 : batch;
  const values = new Float32Array(count * width);
  for (let start = 0; start < count; start += size) {
    const some = new Uint8Array(size * IMAGE_BYTES);
    some.set(pixels.subarray(start * IMAGE_BYTES, (start + size) * IMAGE_BYTES));
    const answers = await answer(device, () => imagesFromPixels(some), ask);
    values.set(answers.subarray(0, (count - start) * width), start * width);
  }
  return values;
}

/** A last batch that is not full, filled with copies of its first image: another shape would need other shaders. */
function filledUp(indices: Uint32Array): Uint32Array {
  if (indices.length === EVALUATION_BATCH) return indices;
  const full = new Uint32Array(EVALUATION_BATCH).fill(indices[0] ?? 0);
  full.set(indices);
  return full;
}
