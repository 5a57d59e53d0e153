import { type Tensor, type TensorInfo, tensor1d } from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Operation } from '../operation.ts';
import { addressOf, newTensor, numbersAt, wasmBackend, withNumbers, withScratch } from '../tensors.ts';
import {
  CHANNEL_AFFINE,
  CHANNEL_AFFINE_PAIR,
  CHANNEL_PRODUCTS,
  CHANNEL_SQUARES,
  CHANNEL_SUMS,
  rowsPerChunk,
  vectorsFor,
} from './channels.ts';

/**
 * Batch normalisation by the batch's own statistics. x: [..., channels], gamma, beta: [channels]. Option: epsilon.
 * Gives the output, the mean and the biased variance of each channel; no gradient flows through the last two.
 */
export const batchNormalization: Operation = {
  name: 'NormalizeByBatch',
  forward: (inputs, options) => {
    const x = inputs.get('x');
    const { mean, variance } = statisticsOf(x);
    const gamma = numbersOf(inputs.get('gamma'));
    const factor = inverseDeviation(variance, options.get('epsilon')).map(
      (value, channel) => value * (gamma[channel] ?? 0),
    );
    const offset = numbersOf(inputs.get('beta'));
    return [affine(x, { centre: mean, factor, offset }), tensor1d(mean), tensor1d(variance)];
  },
  saved: { inputs: ['x', 'gamma'], outputs: [false, true, true] },
  gradients: (dy, [x = dy, gamma = dy, mean = dy, variance = dy], options) =>
    backward(dy, x, { gamma, mean, variance }, options.get('epsilon')),
};

interface Normalized {
  readonly gamma: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
}

function inverseDeviation(variance: Numbers, epsilon: number): Numbers {
  return variance.map((value) => 1 / Math.sqrt(value + epsilon));
}

/** Ioffe and Szegedy, arXiv:1502.03167, section 3, combined into one expression. */
function backward(dy: Tensor, x: Tensor, { gamma, mean, variance }: Normalized, epsilon: number) {
  const centre = numbersOf(mean);
  const scale = numbersOf(gamma);
  const inverse = inverseDeviation(numbersOf(variance), epsilon);
  const { sums, products } = productsOf(x, dy, centre);
  const byGamma = products.map((value, channel) => value * (inverse[channel] ?? 0));
  const share = centre.length / x.size;
  const byGradient = inverse.map((value, channel) => value * (scale[channel] ?? 0));
  const byValue = byGradient.map(
    (value, channel) => -value * share * (byGamma[channel] ?? 0) * (inverse[channel] ?? 0),
  );
  const offset = byGradient.map((value, channel) => -value * share * (sums[channel] ?? 0));
  return {
    x: () => affinePair(x, dy, { centre, byGradient, byValue, offset }),
    gamma: () => tensor1d(byGamma),
    beta: () => tensor1d(sums),
  };
}

type Numbers = Float32Array<ArrayBuffer>;

function numbersOf(tensor: TensorInfo): Numbers {
  return numbersAt(addressOf(tensor), sizeOf(tensor.shape));
}

/** y = factor (x - centre) + offset, channel by channel. */
function affine(
  x: TensorInfo,
  lists: { readonly centre: Numbers; readonly factor: Numbers; readonly offset: Numbers },
): Tensor {
  const { tensor, address } = newTensor(x.shape);
  const { chunks, ...rows } = rowsOf(x);
  withNumbers(lists, (addresses) =>
    wasmBackend().processor.run(CHANNEL_AFFINE, chunks, { x: addressOf(x), y: address, ...addresses, ...rows }),
  );
  return tensor;
}

function affinePair(
  x: Tensor,
  dy: Tensor,
  lists: {
    readonly centre: Numbers;
    readonly byGradient: Numbers;
    readonly byValue: Numbers;
    readonly offset: Numbers;
  },
): Tensor {
  const { tensor, address } = newTensor(x.shape);
  const { chunks, ...rows } = rowsOf(x);
  const matrices = { x: addressOf(x), dy: addressOf(dy), dx: address };
  withNumbers(lists, (addresses) =>
    wasmBackend().processor.run(CHANNEL_AFFINE_PAIR, chunks, { ...matrices, ...addresses, ...rows }),
  );
  return tensor;
}

/** In two passes, because the difference of two large sums of squares would lose digits. */
function statisticsOf(x: TensorInfo): { readonly mean: Numbers; readonly variance: Numbers } {
  const { chunks, ...rows } = rowsOf(x);
  const { processor } = wasmBackend();
  const address = addressOf(x);
  const mean = withPartials(chunks, rows.channels, 1, (partial, vectors) =>
    processor.run(CHANNEL_SUMS, chunks, { x: address, partial, vectors, ...rows }),
  ).map((sum) => sum / rows.rows);
  const variance = withNumbers({ mean }, (numbers) =>
    withPartials(chunks, rows.channels, 1, (partial, vectors) =>
      processor.run(CHANNEL_SQUARES, chunks, { x: address, partial, vectors, ...numbers, ...rows }),
    ),
  ).map((sum) => sum / rows.rows);
  return { mean, variance };
}

function productsOf(x: Tensor, dy: Tensor, mean: Numbers): { readonly sums: Numbers; readonly products: Numbers } {
  const { chunks, ...rows } = rowsOf(x);
  const { processor } = wasmBackend();
  const matrices = { x: addressOf(x), dy: addressOf(dy) };
  const both = withNumbers({ mean }, (numbers) =>
    withPartials(chunks, rows.channels, 2, (partial, vectors) =>
      processor.run(CHANNEL_PRODUCTS, chunks, { ...matrices, partial, vectors, ...numbers, ...rows }),
    ),
  );
  return { sums: both.subarray(0, rows.channels), products: both.slice(rows.channels) };
}

/** Adds up what `fill` left for each chunk: `lists` times [channels], in double precision and always in one order. */
function withPartials(
  chunks: number,
  channels: number,
  lists: number,
  fill: (partial: number, vectors: number) => void,
): Numbers {
  const vectors = vectorsFor(channels);
  const width = vectors * 4;
  return withScratch(chunks * lists * width * 4, (partial) => {
    fill(partial, vectors);
    const values = wasmBackend().processor.floats.subarray(partial / 4, partial / 4 + chunks * lists * width);
    return Float32Array.from({ length: lists * channels }, (_, i) => {
      const place = Math.floor(i / channels) * width + (i % channels);
      let sum = 0;
      for (let chunk = 0; chunk < chunks; chunk++) sum += values[chunk * lists * width + place] ?? 0;
      return sum;
    });
  });
}

function rowsOf({ shape }: TensorInfo) {
  const channels = last(shape);
  const rows = sizeOf(shape) / channels;
  const each = rowsPerChunk(channels);
  return { chunks: Math.ceil(rows / each), rows, rowsPerChunk: each, channels };
}
