import type { RandomKey } from '../../../core/random.ts';
import { ERASE_NOISE_START } from '../../../core/training/augment.ts';
import { erasedLengths, eraseThreshold, type ImageSize } from '../../../core/training/augmentation-parameters.ts';
import type { Variation } from '../../variation.ts';
import { float } from '../kernel.ts';
import { PCG4D } from './pcg4d.ts';

const NO_KEY: RandomKey = [0, 0, 0];

/**
 * The uniforms of `augmentedPixel`, by name. `wholes`: whether to flip (1: by chance, 2: as `isMirrored` says), the most pixels to shift, and the threshold below
 * which an image is erased. `mirror`: the stream of `isMirrored`, and the bit that mirrors. The ranges: the largest angle in radians, and how far scale and brightness may be from 1.
 */
export function variationUniforms({ spec, key, alternation }: Variation) {
  return {
    variation: key,
    wholes: [spec.flip ? (alternation === null ? 1 : 2) : 0, spec.shift, eraseThreshold(spec)] as const,
    angleRange: (spec.rotation * Math.PI) / 180,
    scaleRange: spec.scale,
    brightnessRange: spec.brightness,
    mirror: [...(alternation?.key ?? NO_KEY), alternation?.odd ? 0 : 1],
  };
}

/**
 * GLSL: a pixel of an image of the batch after augmentation, as `core/training/augment.ts` has it, function by function.
 *
 * - `bool isErased(int image, int x, int y)`, and the `float eraseNoise(int image, int place)` that is there instead, by the
 *   place of the value in the image
 * - `vec3 sourceOf(int image, int x, int y)`: the place that the pixel comes from, and what it is multiplied by
 * - `float valueFrom(int image, vec3 source, int channel)`: a channel of it, from 0 to 1
 * - `float augmentedValue(int image, int x, int y, int channel)`: all of these together
 *
 * The shader that includes it declares the uniforms, `variation` and `wholes` as integers, signed or not, and has a
 * `float storedValue(int image, int x, int y, int channel)`, from 0 to 1, for pixels within the image, and a `bool isMirrored(int
 * image)` for alternating flip, which may stand behind this.
 */
export function augmentedPixel({ width, height, channels }: ImageSize): string {
  const [across, down] = [erasedLengths(width), erasedLengths(height)];
  const [middle, centre] = [float((width - 1) / 2), float((height - 1) / 2)];
  return `
${PCG4D}

bool isMirrored(int image);

uint augmentationBits(int image, int number) {
  int at = 16 * image + number;
  return pcg4d(uvec4(uvec3(variation), uint(at >> 2)))[at & 3] >> 8u;
}

int drawnWhole(int image, int number, int n) {
  return int((augmentationBits(image, number) * uint(n)) >> 24u);
}

float drawnEven(int image, int number) {
  return float(augmentationBits(image, number)) / 8388608.0 - 1.0;
}

float sineOf(float t) {
  float s = t * t;
  return t * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0)));
}

float cosineOf(float t) {
  float s = t * t;
  return 1.0 - s / 2.0 * (1.0 - s / 12.0 * (1.0 - s / 30.0 * (1.0 - s / 56.0)));
}

float valueOrBlack(int image, int x, int y, int channel) {
  return x < 0 || y < 0 || x > ${width - 1} || y > ${height - 1} ? 0.0 : storedValue(image, x, y, channel);
}

float mixedValue(int image, float x, float y, int channel) {
  int left = int(floor(x));
  int top = int(floor(y));
  float right = x - float(left);
  float bottom = y - float(top);
  float above = valueOrBlack(image, left, top, channel) * (1.0 - right) + valueOrBlack(image, left + 1, top, channel) * right;
  float below = valueOrBlack(image, left, top + 1, channel) * (1.0 - right) + valueOrBlack(image, left + 1, top + 1, channel) * right;
  return above * (1.0 - bottom) + below * bottom;
}

bool isErased(int image, int x, int y) {
  if (int(augmentationBits(image, 6)) >= int(wholes.z)) return false;
  int width = ${across.least} + drawnWhole(image, 7, ${across.sizes});
  int height = ${down.least} + drawnWhole(image, 8, ${down.sizes});
  int left = drawnWhole(image, 9, ${width + 1} - width);
  int top = drawnWhole(image, 10, ${height + 1} - height);
  return x >= left && x < left + width && y >= top && y < top + height;
}

float eraseNoise(int image, int place) {
  int at = ${ERASE_NOISE_START} + ${width * height * channels} * image + place;
  return float(pcg4d(uvec4(uvec3(variation), uint(at >> 2)))[at & 3] >> 24u) / 255.0;
}

vec3 sourceOf(int image, int x, int y) {
  int most = int(wholes.y);
  float u = float(x - drawnWhole(image, 1, 2 * most + 1) + most) - ${middle};
  float v = float(y - drawnWhole(image, 2, 2 * most + 1) + most) - ${centre};
  float angle = drawnEven(image, 3) * angleRange;
  float scale = 1.0 + drawnEven(image, 4) * scaleRange;
  float sine = sineOf(angle) / scale;
  float cosine = cosineOf(angle) / scale;
  float across = cosine * u + sine * v;
  bool flip = int(wholes.x) == 1 ? drawnWhole(image, 0, 2) == 1 : int(wholes.x) == 2 && isMirrored(image);
  float brightness = 1.0 + drawnEven(image, 5) * brightnessRange;
  return vec3(${middle} + (flip ? -across : across), ${centre} + cosine * v - sine * u, brightness);
}

float valueFrom(int image, vec3 source, int channel) {
  return min(1.0, mixedValue(image, source.x, source.y, channel) * source.z);
}

float augmentedValue(int image, int x, int y, int channel) {
  if (isErased(image, x, y)) return eraseNoise(image, (${width} * y + x) * ${channels} + channel);
  return valueFrom(image, sourceOf(image, x, y), channel);
}
`;
}
