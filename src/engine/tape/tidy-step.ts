import { engine, tidy } from '@tensorflow/tfjs-core';

/**
 * Calls `act` and disposes of all tensors that it made. Also where it ends in an error in the middle of a forward pass, as without
 * memory: tfjs then keeps what the backward pass would have needed.
 */
export function tidyStep(act: () => void): void {
  try {
    tidy(act);
  } catch (error) {
    const { state } = engine();
    const saved = (state.activeTape ?? []).flatMap((node) => node.saved ?? []);
    for (const tensor of saved) if (!tensor.isDisposed) tensor.dispose();
    state.activeTape = [];
    throw error;
  }
}
