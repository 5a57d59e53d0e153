import { at } from '../../../core/at.ts';
import type { Window } from '../../../core/network/layers/window.ts';
import { imagesIn, shapeOf, slideOver } from '../images.ts';
import type { Recorder, Value } from '../recorder.ts';
import { clippedGradient, giveColumnSums } from './products.ts';

/** What a convolution takes: images, a kernel [size, size, in, filters], and a bias [filters] or none. */
interface Convolution {
  readonly x: Value;
  readonly kernel: Value;
  readonly bias: Value | null;
  readonly window: Window;
  readonly relu: boolean;
}

/** A window that slides over images. */
export function convolution(recorder: Recorder, name: string, { x, kernel, bias, window, relu }: Convolution): Value {
  const sliding = slideOver(imagesIn(x.shape), window, at(kernel.shape, 3));
  const { batch, height, width } = sliding.output;
  const y = recorder.value(name, shapeOf(sliding.output), [x, kernel, bias]);
  recorder.emit({
    name: 'conv2d',
    inputs: { x: x.buffer, kernel: kernel.buffer, bias: bias?.buffer ?? null },
    outputs: { y: y.buffer },
    attributes: { sliding, relu },
  });
  recorder.onBackward(y, (gradient) => {
    const dy = relu ? clippedGradient(recorder, name, y, gradient) : gradient;
    if (x.learns) {
      const dx = recorder.buffer(`${name} input gradient`, x.shape);
      const inputs = { dy, kernel: kernel.buffer };
      recorder.emit({ name: 'conv2dInputGradient', inputs, outputs: { dx }, attributes: { sliding } });
      recorder.give(x, dx);
    }
    if (kernel.learns) {
      const dkernel = recorder.buffer(`${name} kernel gradient`, kernel.shape);
      const inputs = { x: x.buffer, dy };
      recorder.emit({ name: 'conv2dKernelGradient', inputs, outputs: { dkernel }, attributes: { sliding } });
      recorder.give(kernel, dkernel);
    }
    giveColumnSums(recorder, name, bias, dy, batch * height * width);
  });
  return y;
}
