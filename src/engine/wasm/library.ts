import type { Kernel } from './kernel.ts';
import { AVERAGE_POOL, AVERAGE_POOL_GRADIENT } from './kernels/average-pool.ts';
import { BLEND } from './kernels/blend.ts';
import { CELL_KERNELS, RELU_SLOPE } from './kernels/cells.ts';
import {
  ADD_TO_ROWS,
  CHANNEL_AFFINE,
  CHANNEL_AFFINE_PAIR,
  CHANNEL_PRODUCTS,
  CHANNEL_SQUARES,
  CHANNEL_SUMS,
} from './kernels/channels.ts';
import { CONVOLUTION, CONVOLUTION_FILTER_GRADIENT } from './kernels/convolution.ts';
import {
  SIGMOID,
  SIGMOID_GRADIENT,
  SOFTPLUS_GRADIENT,
  SWISH,
  SWISH_GRADIENT,
  TANH,
  TANH_GRADIENT,
} from './kernels/curves.ts';
import { DEPTHWISE, DEPTHWISE_FILTER_GRADIENT } from './kernels/depthwise.ts';
import { DROPOUT } from './kernels/dropout.ts';
import { ADD, MULTIPLY, RELU, RELU_GRADIENT, STEP, SUBTRACT } from './kernels/elementwise.ts';
import { GELU, GELU_GRADIENT } from './kernels/gelu.ts';
import { HEAD_MIXTURES, HEAD_PRODUCTS } from './kernels/heads.ts';
import { MATRIX_PRODUCT } from './kernels/matrix-product.ts';
import { MAX_POOL, MAX_POOL_GRADIENT } from './kernels/max-pool.ts';
import { OPTIMIZER_STEPS } from './kernels/optimizer.ts';
import { PACK } from './kernels/pack.ts';
import { POOLED_CONVOLUTION } from './kernels/pooled-convolution.ts';
import { POOLED_FILTER_GRADIENT } from './kernels/pooled-filter-gradient.ts';
import { SUM_PARTIALS } from './kernels/reduce.ts';
import {
  ROW_NORMALIZATION,
  ROW_NORMALIZATION_GRADIENT,
  ROW_SOFTMAX,
  ROW_SOFTMAX_GRADIENT,
} from './kernels/row-kernels.ts';
import { SCALE_BYTES } from './kernels/scale-bytes.ts';
import { WINOGRAD, WINOGRAD_KERNEL, WINOGRAD_KERNEL_GRADIENT } from './kernels/winograd.ts';
import { WINOGRAD_GRADIENT_PRODUCTS, WINOGRAD_TRANSFORMS } from './kernels/winograd-filter-gradient.ts';

/** Every kernel of the WebAssembly module. */
export const LIBRARY: readonly Kernel[] = [
  PACK,
  MATRIX_PRODUCT,
  CONVOLUTION,
  CONVOLUTION_FILTER_GRADIENT,
  POOLED_CONVOLUTION,
  POOLED_FILTER_GRADIENT,
  WINOGRAD_KERNEL,
  WINOGRAD,
  WINOGRAD_TRANSFORMS,
  WINOGRAD_GRADIENT_PRODUCTS,
  WINOGRAD_KERNEL_GRADIENT,
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
  BLEND,
  ...OPTIMIZER_STEPS,
  CHANNEL_SUMS,
  CHANNEL_SQUARES,
  CHANNEL_PRODUCTS,
  CHANNEL_AFFINE,
  CHANNEL_AFFINE_PAIR,
  ADD_TO_ROWS,
  DROPOUT,
  GELU,
  GELU_GRADIENT,
  SIGMOID,
  SIGMOID_GRADIENT,
  TANH,
  TANH_GRADIENT,
  SWISH,
  SWISH_GRADIENT,
  SOFTPLUS_GRADIENT,
  RELU_SLOPE,
  ...CELL_KERNELS,
  HEAD_PRODUCTS,
  HEAD_MIXTURES,
  ROW_SOFTMAX,
  ROW_SOFTMAX_GRADIENT,
  ROW_NORMALIZATION,
  ROW_NORMALIZATION_GRADIENT,
  SCALE_BYTES,
];
