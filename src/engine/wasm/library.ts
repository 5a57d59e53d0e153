import { AVERAGE_POOL, AVERAGE_POOL_GRADIENT } from '../kernels/wasm/average-pool.ts';
import {
  CHANNEL_AFFINE,
  CHANNEL_AFFINE_PAIR,
  CHANNEL_PRODUCTS,
  CHANNEL_SQUARES,
  CHANNEL_SUMS,
} from '../kernels/wasm/channels.ts';
import { CONVOLUTION, CONVOLUTION_FILTER_GRADIENT } from '../kernels/wasm/convolution.ts';
import { DEPTHWISE, DEPTHWISE_FILTER_GRADIENT } from '../kernels/wasm/depthwise.ts';
import { DROPOUT } from '../kernels/wasm/dropout.ts';
import { ADD, MULTIPLY, RELU, RELU_GRADIENT, STEP, SUBTRACT } from '../kernels/wasm/elementwise.ts';
import { MATRIX_PRODUCT } from '../kernels/wasm/matrix-product.ts';
import { MAX_POOL, MAX_POOL_GRADIENT } from '../kernels/wasm/max-pool.ts';
import { ADAGRAD, ADAM, DESCENT, MOMENTUM, RMSPROP } from '../kernels/wasm/optimizer.ts';
import { PACK } from '../kernels/wasm/pack.ts';
import { PIXELS } from '../kernels/wasm/pixels.ts';
import { SUM_PARTIALS } from '../kernels/wasm/reduce.ts';
import type { Kernel } from './kernel.ts';

/** Every kernel of the WebAssembly module. */
export const LIBRARY: readonly Kernel[] = [
  PACK,
  MATRIX_PRODUCT,
  CONVOLUTION,
  CONVOLUTION_FILTER_GRADIENT,
  DEPTHWISE,
  DEPTHWISE_FILTER_GRADIENT,
  SUM_PARTIALS,
  MAX_POOL,
  MAX_POOL_GRADIENT,
  AVERAGE_POOL,
  AVERAGE_POOL_GRADIENT,
  ADD,
  SUBTRACT,
  MULTIPLY,
  RELU,
  RELU_GRADIENT,
  STEP,
  ADAM,
  ADAGRAD,
  DESCENT,
  MOMENTUM,
  RMSPROP,
  CHANNEL_SUMS,
  CHANNEL_SQUARES,
  CHANNEL_PRODUCTS,
  CHANNEL_AFFINE,
  CHANNEL_AFFINE_PAIR,
  DROPOUT,
  PIXELS,
];
