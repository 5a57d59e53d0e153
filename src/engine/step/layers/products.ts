import { at, last } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Buffer } from '../buffer.ts';
import type { Recorder, Value } from '../recorder.ts';

/** Weighted sums: x [rows, inputs], kernel [inputs, units], bias [units] or none. Gives [rows, units]. */
export function product(
  recorder: Recorder,
  name: string,
  {
    x,
    kernel,
    bias,
    relu,
  }: { readonly x: Value; readonly kernel: Value; readonly bias: Value | null; readonly relu: boolean },
): Value {
  const shape = { rows: at(x.shape, 0), inputs: at(kernel.shape, 0), units: at(kernel.shape, 1) };
  const y = recorder.value(name, [shape.rows, shape.units], [x, kernel, bias]);
  const inputs = { x: x.buffer, kernel: kernel.buffer, bias: bias?.buffer ?? null };
  recorder.emit({ name: 'dense', inputs, outputs: { y: y.buffer }, attributes: { ...shape, relu } });
  recorder.onBackward(y, (gradient) => {
    const dy = relu ? clippedGradient(recorder, name, y, gradient) : gradient;
    if (x.learns) {
      const dx = recorder.buffer(`${name} input gradient`, x.shape);
      const inputs = { dy, kernel: kernel.buffer };
      recorder.emit({ name: 'denseInputGradient', inputs, outputs: { dx }, attributes: shape });
      recorder.give(x, dx);
    }
    if (kernel.learns) {
      const dkernel = recorder.buffer(`${name} kernel gradient`, kernel.shape);
      const inputs = { x: x.buffer, dy };
      recorder.emit({ name: 'denseKernelGradient', inputs, outputs: { dkernel }, attributes: shape });
      recorder.give(kernel, dkernel);
    }
    giveColumnSums(recorder, name, bias, dy, shape.rows);
  });
  return y;
}

/** The gradient by sums whose negative ones were set to 0. */
export function clippedGradient(recorder: Recorder, name: string, y: Value, dy: Buffer): Buffer {
  const dx = recorder.buffer(`${name} relu gradient`, y.shape);
  const attributes = { activation: 'relu', count: sizeOf(y.shape), columns: last(y.shape) } as const;
  recorder.emit({ name: 'activateGradient', inputs: { dy, x: null, y: y.buffer }, outputs: { dx }, attributes });
  return dx;
}

/** The gradient by a bias that was added to each of so many rows. */
export function giveColumnSums(recorder: Recorder, name: string, bias: Value | null, dy: Buffer, rows: number): void {
  if (bias === null || !bias.learns) return;
  const sums = recorder.buffer(`${name} bias gradient`, bias.shape);
  const attributes = { rows, columns: sizeOf(bias.shape) };
  recorder.emit({ name: 'columnSums', inputs: { x: dy }, outputs: { sums }, attributes });
  recorder.give(bias, sums);
}
