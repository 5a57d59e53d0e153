import { span, type Window } from '../network/layers/window.ts';

/** Zeros before and after an axis that "same" padding adds: the odd one goes behind, as in Keras. */
export function margins(extent: number, window: Window): readonly [number, number] {
  if (window.padding === 'valid') return [0, 0];
  const total = Math.max(0, (Math.ceil(extent / window.strides) - 1) * window.strides + span(window) - extent);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
