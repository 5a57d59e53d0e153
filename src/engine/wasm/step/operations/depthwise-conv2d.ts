import type { Images, Sliding } from '../../../step/images.ts';
import { addToRows } from '../../kernels/add-to-each.ts';
import { depthwiseByInput, depthwiseByKernel, depthwiseForward } from '../../kernels/depthwise-conv2d.ts';
import { imageBytes } from '../../kernels/geometry.ts';
import type { Recording } from '../recording.ts';
import type { Bind } from './binding.ts';

/*
 * The kernels have one filter for each channel. Where there are more, each channel is there several times over, side by side.
 */

export const depthwiseConv2d: Bind<'depthwiseConv2d'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const { batch, height, width, channels } = sliding.output;
  const [kernel, y] = [at(inputs.kernel), at(outputs.y)];
  withRepeated(recording, sliding, at(inputs.x), (x) => {
    depthwiseForward(recording, repeated(sliding), { x, kernel, y });
  });
  if (inputs.bias === null) return;
  addToRows(recording, { rows: batch * height * width, columns: channels }, { x: y, values: at(inputs.bias), y });
};

export const depthwiseConv2dInputGradient: Bind<'depthwiseConv2dInputGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const { input, output } = sliding;
  const times = output.channels / input.channels;
  const places = { dy: at(inputs.dy), kernel: at(inputs.kernel) };
  const dx = at(outputs.dx);
  if (times === 1) {
    depthwiseByInput(recording, sliding, { ...places, dx });
    return;
  }
  recording.withScratch(bytesOf(widened(sliding)), (several) => {
    depthwiseByInput(recording, repeated(sliding), { ...places, dx: several });
    const count = bytesOf(input) / 4;
    recording.compute((floats) => {
      const [from, to] = [several / 4, dx / 4];
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let j = 0; j < times; j++) sum = Math.fround(sum + (floats[from + i * times + j] ?? 0));
        floats[to + i] = sum;
      }
    });
  });
};

export const depthwiseConv2dKernelGradient: Bind<'depthwiseConv2dKernelGradient'> = ({ recording, operation, at }) => {
  const { inputs, outputs, attributes } = operation;
  const { sliding } = attributes;
  const [dy, dkernel] = [at(inputs.dy), at(outputs.dkernel)];
  withRepeated(recording, sliding, at(inputs.x), (x) => {
    depthwiseByKernel(recording, repeated(sliding), { x, dy, dkernel });
  });
};

/** Calls `use` with images that have each channel once for each of its filters. */
function withRepeated(recording: Recording, sliding: Sliding, x: number, use: (x: number) => void): void {
  const { input, output } = sliding;
  const times = output.channels / input.channels;
  if (times === 1) {
    use(x);
    return;
  }
  const count = bytesOf(input) / 4;
  recording.withScratch(bytesOf(widened(sliding)), (several) => {
    recording.compute((floats) => {
      const [from, to] = [x / 4, several / 4];
      for (let i = 0; i < count; i++) floats.fill(floats[from + i] ?? 0, to + i * times, to + (i + 1) * times);
    });
    use(several);
  });
}

function widened({ input, output }: Sliding): Images {
  return { ...input, channels: output.channels };
}

function repeated(sliding: Sliding): Sliding {
  return { ...sliding, input: widened(sliding) };
}

function bytesOf(images: Images): number {
  return images.batch * imageBytes(images);
}
