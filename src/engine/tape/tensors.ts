import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** Ranks that the type checker cannot see, checked at run time: tfjs gives most results the bare type `Tensor`. */

function isScalar(x: Tensor): x is Scalar {
  return x.rank === 0;
}

function isVector(x: Tensor): x is Tensor1D {
  return x.rank === 1;
}

function isMatrix(x: Tensor): x is Tensor2D {
  return x.rank === 2;
}

function isImages(x: Tensor): x is Tensor4D {
  return x.rank === 4;
}

function wrongRank(x: Tensor, wanted: string): RangeError {
  return new RangeError(`A tensor of shape [${x.shape.join(', ')}] came where ${wanted} was due.`);
}

/** The tensor as a single number. */
export function scalarOf(x: Tensor): Scalar {
  if (!isScalar(x)) throw wrongRank(x, 'a single number');
  return x;
}

/** The tensor as a list: [n]. */
export function vectorOf(x: Tensor): Tensor1D {
  if (!isVector(x)) throw wrongRank(x, 'a list');
  return x;
}

/** The tensor as rows of numbers: [batch, units]. */
export function matrixOf(x: Tensor): Tensor2D {
  if (!isMatrix(x)) throw wrongRank(x, '[batch, units]');
  return x;
}

/** The tensor as a stack of images, or a kernel: [batch, height, width, channels]. */
export function imagesOf(x: Tensor): Tensor4D {
  if (!isImages(x)) throw wrongRank(x, '[batch, height, width, channels]');
  return x;
}
