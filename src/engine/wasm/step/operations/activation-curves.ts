import type { Activation } from '../../../../core/network/activations.ts';

const round = Math.fround;

/** The slope that Keras gives `leaky_relu` below zero. */
const LEAKY_SLOPE = 0.2;

/** Klambauer et al., arXiv:1706.02515. */
const SELU_SCALE_ALPHA = 1.7580993408473768;
const SELU_SCALE = 1.0507009873554805;

/** Beyond this, `softplus(x)` is x to the last bit of a float32, and below its negative e^x. */
const SOFTPLUS_LIMIT = -(Math.log(1.1920928955078125e-7) + 2);

/** The functions that have no kernel here. */
export const CURVES: Partial<Readonly<Record<Activation, (x: number) => number>>> = {
  leakyRelu: (x) => (x < 0 ? LEAKY_SLOPE * x : x),
  elu: (x) => (x >= 0 ? x : Math.exp(x) - 1),
  selu: (x) => (x >= 0 ? SELU_SCALE * x : SELU_SCALE_ALPHA * (Math.exp(x) - 1)),
  softplus,
};

/** The gradients that have no kernel, from the gradient by the result and the input or the result, rounded as the tape has it. */
export const CURVE_GRADIENTS: Partial<Readonly<Record<Activation, (dy: number, known: number) => number>>> = {
  leakyRelu: (dy, x) => (x > 0 ? dy : dy * round(LEAKY_SLOPE)),
  elu: (dy, y) => (y >= 0 ? dy : dy * (y + 1)),
  selu: (dy, x) => (x > 0 ? dy * round(SELU_SCALE) : round(dy * round(SELU_SCALE_ALPHA)) * round(Math.exp(x))),
};

function softplus(x: number): number {
  if (x < -SOFTPLUS_LIMIT) return Math.exp(x);
  return x > SOFTPLUS_LIMIT ? x : Math.log(1 + Math.exp(x));
}
