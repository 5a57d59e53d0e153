import type { Activation } from '../../../../core/network/activations.ts';

/** A function of one value, and the gradient by it from the gradient by its result and `known`, its input or its result. */
interface Curve {
  value(x: number): number;
  gradient(dy: number, known: number): number;
}

const round = Math.fround;

/** The slope that Keras gives `leaky_relu` below zero. */
const LEAKY_SLOPE = 0.2;

/** Klambauer et al., arXiv:1706.02515. */
const SELU_SCALE_ALPHA = 1.7580993408473768;
const SELU_SCALE = 1.0507009873554805;

/** Beyond this, `softplus(x)` is x to the last bit of a float32, and below its negative e^x. */
const SOFTPLUS_LIMIT = -(Math.log(1.1920928955078125e-7) + 2);

/** The functions that have no kernel here, rounded to float32 after each operation as the tape has it. */
export const CURVES = {
  leakyRelu: {
    value: (x) => (x < 0 ? LEAKY_SLOPE * x : x),
    gradient: (dy, x) => (x > 0 ? dy : dy * round(LEAKY_SLOPE)),
  },
  elu: {
    value: (x) => (x >= 0 ? x : Math.exp(x) - 1),
    gradient: (dy, y) => (y >= 0 ? dy : dy * (y + 1)),
  },
  selu: {
    value: (x) => (x >= 0 ? SELU_SCALE * x : SELU_SCALE_ALPHA * (Math.exp(x) - 1)),
    gradient: (dy, x) => (x > 0 ? dy * round(SELU_SCALE) : round(dy * round(SELU_SCALE_ALPHA)) * round(Math.exp(x))),
  },
  swish: {
    value: (x) => x * sigmoid(x),
    gradient: (dy, x) => {
      const share = sigmoid(x);
      return round(dy * share) + round(round(dy * x) * round(share * round(1 - share)));
    },
  },
  sigmoid: { value: sigmoid, gradient: (dy, y) => dy * round(y * round(1 - y)) },
  tanh: { value: Math.tanh, gradient: (dy, y) => round(1 - round(y * y)) * dy },
  softplus: { value: softplus, gradient: (dy, x) => dy * sigmoid(x) },
} as const satisfies Partial<Readonly<Record<Activation, Curve>>>;

function sigmoid(x: number): number {
  return round(1 / (1 + Math.exp(-x)));
}

function softplus(x: number): number {
  if (x < -SOFTPLUS_LIMIT) return Math.exp(x);
  return x > SOFTPLUS_LIMIT ? x : Math.log(1 + Math.exp(x));
}
