import type { Window } from '../../../core/network/layers/window.ts';
import { slideOver } from '../../step/images.ts';
import { type ImageLayout, layoutOf } from '../layout.ts';

/** A convolution between two layouts, with everything that its three kernels need. */
export interface ConvShape {
  readonly input: ImageLayout;
  readonly output: ImageLayout;
  readonly window: Window;
  /** Zeros above and left of the image. */
  readonly padTop: number;
  readonly padLeft: number;
}

/** The convolution of `input` by `filters` filters into a layout of `ways` ways. */
export function convShape(input: ImageLayout, filters: number, window: Window, ways: number): ConvShape {
  const { output, padTop, padLeft } = slideOver(input, window, filters);
  const { batch, height, width } = output;
  return { input, output: layoutOf(batch, [height, width, filters], ways), window, padTop, padLeft };
}

/**
 * The layout of weights in a texture: texel (g, k) holds filters 4g ... 4g + 3 of row k, where the rows run over taps
 * (ky, kx) and input channels, padded to fours at each tap; the biases are one more row. [rows, 4 * columns].
 */
export interface WeightLayout {
  readonly taps: number;
  /** Input channels, or units. */
  readonly inputs: number;
  readonly filters: number;
  readonly bias: boolean;
  /** Texels for the input channels of a tap. */
  readonly groups: number;
  /** Texture columns: texels for the filters. */
  readonly columns: number;
  /** The row of the biases, which is the number of rows of the kernel. */
  readonly biasRow: number;
}

/** The layout of the weights between `inputs` and `filters` channels at `taps` taps. */
export function weightLayout(taps: number, inputs: number, filters: number, bias: boolean): WeightLayout {
  const groups = Math.ceil(inputs / 4);
  return { taps, inputs, filters, bias, groups, columns: Math.ceil(filters / 4), biasRow: taps * groups * 4 };
}

/** Kernel [taps, inputs, filters] and biases [filters] as texels; empty biases where there are none. */
export function weightsToTexels(
  layout: WeightLayout,
  kernel: ArrayLike<number>,
  bias: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const texels = new Float32Array((layout.biasRow + 1) * layout.columns * 4);
  forEachWeight(layout, (weight, texel) => {
    texels[texel] = kernel[weight] ?? 0;
  });
  for (let f = 0; f < layout.filters; f++) texels[layout.biasRow * layout.columns * 4 + f] = bias[f] ?? 0;
  return texels;
}

/** The inverse of `weightsToTexels`. */
export function weightsFromTexels(
  layout: WeightLayout,
  texels: ArrayLike<number>,
): { kernel: Float32Array<ArrayBuffer>; bias: Float32Array<ArrayBuffer> } {
  const kernel = new Float32Array(layout.taps * layout.inputs * layout.filters);
  forEachWeight(layout, (weight, texel) => {
    kernel[weight] = texels[texel] ?? 0;
  });
  const start = layout.biasRow * layout.columns * 4;
  const bias = Float32Array.from({ length: layout.bias ? layout.filters : 0 }, (_, f) => texels[start + f] ?? 0);
  return { kernel, bias };
}

function forEachWeight(layout: WeightLayout, visit: (weight: number, texel: number) => void): void {
  const { taps, inputs, filters, groups, columns } = layout;
  for (let tap = 0; tap < taps; tap++) {
    for (let c = 0; c < inputs; c++) {
      const row = tap * groups * 4 + c;
      for (let f = 0; f < filters; f++) visit((tap * inputs + c) * filters + f, row * columns * 4 + f);
    }
  }
}
