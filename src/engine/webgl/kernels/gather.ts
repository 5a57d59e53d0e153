import type { Stored } from '../../../core/dataset/spec.ts';
import type { ImageSize } from '../../../core/training/augmentation-parameters.ts';
import { largestValue } from '../../../dataset/values.ts';
import { float, type Kernel, repeat } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { type SampleLayout, sampleCorner } from '../sample-texture.ts';
import { augmentedPixel } from './augmented-pixel.ts';

/** How samples are stored: where they lie, and what their values are. */
export interface StoredSamples {
  readonly layout: SampleLayout;
  readonly values: Stored;
}

/** GLSL: four neighbouring values of sample n of the batch, and one of them: bytes as 0 ... 1, others divided by the scale. */
function valuesOf({ layout, values: { storage, scale } }: StoredSamples): string {
  const divided = storage === 'uint8' || scale === 1 ? '' : ` / ${float(scale)}`;
  return `
${sampleCorner(layout)}
vec4 valuesOf(int n, int texel) {
  ivec2 corner = cornerOf(n);
  return texelFetch(samples, ivec3(corner.x + texel, corner.y, 0), 0)${divided};
}
float valueOf(int n, int place) {
  return valuesOf(n, place / 4)[place % 4];
}`;
}

/** Of the samples the sampler is the same for bytes and floats. */
const INPUTS = { samples: 'rgba32f', order: 'r32ui' } as const;

/**
 * Takes a batch from the store: the samples from place `place.x` of the order on, which has `place.y` places. Bytes from 0 to
 * 255 become values from 0 to the largest one.
 *
 * samples: the store, order: positions -> [batch, height, width, channels] or [batch, values]
 */
export function gather(layout: ImageLayout, stored: StoredSamples): Kernel {
  const { width, height } = extentOf(layout);
  const body = `${valuesOf(stored)}
void main() {
  ${isVector(layout) ? 'o0 = valuesOf(frag.y, frag.x);' : imageTexel(layout)}
  ${scaled(stored)}
}`;
  return { name: 'gather', body, inputs: INPUTS, targets: 1, width, height };
}

/** As `gather`, with each image augmented. `layout` holds images of this size, or their values in a row. */
export function gatherAugmented(layout: ImageLayout, stored: StoredSamples, size: ImageSize): Kernel {
  const { width, height } = extentOf(layout);
  const body = `${valuesOf(stored)}
uniform uvec3 variation;
uniform uvec3 wholes;
uniform float angleRange;
uniform float scaleRange;
uniform float brightnessRange;
uniform uvec4 mirror;
float storedValue(int n, int x, int y, int channel) {
  return valueOf(n, (${size.width} * y + x) * ${size.channels} + channel);
}
${augmentedPixel(size)}
bool isMirrored(int n) {
  int sample_ = sampleOf(n);
  return pcg4d(uvec4(mirror.xyz, uint(sample_ >> 2)))[sample_ & 3] >> 31u == mirror.w;
}
void main() {
  ${augmentedTexels(layout, size)}
  ${scaled(stored)}
}`;
  return { name: 'gather augmented', body, inputs: INPUTS, targets: 1, width, height };
}

function augmentedTexels(layout: ImageLayout, size: ImageSize): string {
  if (isVector(layout)) return augmentedRow(layout, size);
  return layout.width === size.width ? augmentedTexel(layout) : augmentedPixels(layout);
}

/** GLSL: four neighbouring pixels of an augmented gray image. */
function augmentedPixels({ height }: ImageLayout): string {
  return `o0 = vec4(${repeat(4, (j) => `augmentedValue(frag.y / ${height}, 4 * frag.x + ${j}, frag.y % ${height}, 0)`, ', ')});`;
}

/** Whether samples lie in the layout as rows of numbers, which is how they are stored. */
function isVector({ width, height }: ImageLayout): boolean {
  return width * height === 1;
}

/** Nothing for values that stand for themselves. */
function scaled({ values }: StoredSamples): string {
  const largest = largestValue(values);
  return largest === 1 ? '' : `o0 *= ${float(largest)};`;
}

/** GLSL: the stored channels of group `frag.x % groups` of a pixel; a whole texel where they begin one. */
function imageTexel(layout: ImageLayout): string {
  const { width, height, channels, groups } = layout;
  const pixel = `frag.y % ${height} * ${width} + frag.x`;
  if (channels === 1) {
    // The pixel's lane is known from its column where rows are whole texels.
    const lane = width % 4 === 0 ? 'frag.x % 4' : `(${pixel}) % 4`;
    return `vec4 four = valuesOf(frag.y / ${height}, (${pixel}) / 4);
  o0 = vec4(four[${lane}], 0.0, 0.0, 0.0);`;
  }
  if (channels % 4 === 0) return `o0 = valuesOf(frag.y / ${height}, frag.y % ${height} * ${width * groups} + frag.x);`;
  return `int n = frag.y / ${height};
  int group = frag.x % ${groups};
  int place = (frag.y % ${height} * ${width} + frag.x / ${groups}) * ${channels} + 4 * group;
  o0 = vec4(${lanes(layout, (j) => `valueOf(n, place + ${j})`)});`;
}

/** GLSL: the same after augmentation. All channels of a pixel come from one place. */
function augmentedTexel(layout: ImageLayout): string {
  const { width, height, channels, groups } = layout;
  if (channels === 1) {
    return `o0 = vec4(augmentedValue(frag.y / ${height}, frag.x, frag.y % ${height}, 0), 0.0, 0.0, 0.0);`;
  }
  return `int n = frag.y / ${height};
  int y = frag.y % ${height};
  int group = frag.x % ${groups};
  int x = frag.x / ${groups};
  if (isErased(n, x, y)) {
    int place = (${width} * y + x) * ${channels} + 4 * group;
    o0 = vec4(${lanes(layout, (j) => `eraseNoise(n, place + ${j})`)});
  } else {
    vec3 source = sourceOf(n, x, y);
    o0 = vec4(${lanes(layout, (j) => `valueFrom(n, source, 4 * group + ${j})`)});
  }`;
}

/** GLSL: four neighbouring values of an augmented image in a row. */
function augmentedRow({ channels: values }: ImageLayout, { width, channels }: ImageSize): string {
  const value = (j: number) => {
    const pixel = channels === 1 ? `(first + ${j})` : `((first + ${j}) / ${channels})`;
    const channel = channels === 1 ? '0' : `(first + ${j}) % ${channels}`;
    const augmented = `augmentedValue(frag.y, ${pixel} % ${width}, ${pixel} / ${width}, ${channel})`;
    return values % 4 === 0 ? augmented : `first + ${j} < ${values} ? ${augmented} : 0.0`;
  };
  return `int first = 4 * frag.x;
  o0 = vec4(${repeat(4, value, ', ')});`;
}

/** GLSL: four lanes, 0 in those that no channel of the group has. */
function lanes({ channels, groups }: ImageLayout, value: (j: number) => string): string {
  return repeat(
    4,
    (j) => {
      // In every group but the last one all lanes hold a channel.
      if ((groups - 1) * 4 + j < channels) return value(j);
      return groups === 1 ? '0.0' : `(group < ${groups - 1} ? ${value(j)} : 0.0)`;
    },
    ', ',
  );
}
