import { customGrad, type Tensor } from '@tensorflow/tfjs-core';

/** What an operation gives, and what its gradient will need; everything else of the forward pass is freed. */
export interface Forward<Value extends Tensor> {
  readonly value: Value;
  readonly saved: readonly Tensor[];
}

/**
 * An operation with a gradient of its own in place of those of its parts. `backward` takes the gradient of the loss by
 * the value and the saved tensors, and gives one gradient for each input, in order.
 */
export function withGradient<Value extends Tensor>(
  inputs: readonly Tensor[],
  forward: () => Forward<Value>,
  backward: (dy: Value, saved: readonly Tensor[]) => Tensor[],
): Value {
  const operation = customGrad<Value>((...args) => {
    const save = args.at(-1);
    if (typeof save !== 'function') throw new TypeError('customGrad passes its save function last.');
    const { value, saved } = forward();
    save([...saved]);
    return { value, gradFunc: backward };
  });
  return operation(...inputs);
}
