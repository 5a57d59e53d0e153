import type { RandomKey } from '../../../core/random.ts';
import { ERASE_NOISE_START } from '../../../core/training/augment.ts';
import type { AugmentationSpec } from '../../../core/training/augmentation.ts';
import { eraseThreshold } from '../../../core/training/augmentation-parameters.ts';
import { PCG4D } from './pcg4d.ts';

/** How the images of a batch are augmented. */
export interface Variation {
  readonly spec: AugmentationSpec;
  readonly key: RandomKey;
}

/**
 * The uniforms of `VARIED_GRAY`, by name. `wholes`: whether to flip, the most pixels to shift, and the threshold below
 * which an image is erased. The ranges: the largest angle in radians, and how far scale and brightness may be from 1.
 */
export function variationUniforms({ spec, key }: Variation) {
  return {
    variation: key,
    wholes: [spec.flip ? 1 : 0, spec.shift, eraseThreshold(spec)] as const,
    angleRange: (spec.rotation * Math.PI) / 180,
    scaleRange: spec.scale,
    brightnessRange: spec.brightness,
  };
}

/**
 * GLSL `float variedGray(int image, int x, int y)`: a pixel of an image of the batch after augmentation, as
 * `core/training/augment.ts` has it, function by function. The shader that includes it declares the uniforms, `key` and
 * `wholes` as integers, signed or not, and has a `float grayAt(int image, int x, int y)` for pixels within the image.
 */
export const VARIED_GRAY = `
${PCG4D}

uint variedBits(int image, int number) {
  int at = 16 * image + number;
  return pcg4d(uvec4(uvec3(variation), uint(at >> 2)))[at & 3] >> 8u;
}

int variedWhole(int image, int number, int n) {
  return int((variedBits(image, number) * uint(n)) >> 24u);
}

float variedEven(int image, int number) {
  return float(variedBits(image, number)) / 8388608.0 - 1.0;
}

float sineOf(float t) {
  float s = t * t;
  return t * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0)));
}

float cosineOf(float t) {
  float s = t * t;
  return 1.0 - s / 2.0 * (1.0 - s / 12.0 * (1.0 - s / 30.0 * (1.0 - s / 56.0)));
}

float grayOrBlack(int image, int x, int y) {
  return x < 0 || y < 0 || x > 27 || y > 27 ? 0.0 : grayAt(image, x, y);
}

float mixedGray(int image, float x, float y) {
  int left = int(floor(x));
  int top = int(floor(y));
  float right = x - float(left);
  float bottom = y - float(top);
  float above = grayOrBlack(image, left, top) * (1.0 - right) + grayOrBlack(image, left + 1, top) * right;
  float below = grayOrBlack(image, left, top + 1) * (1.0 - right) + grayOrBlack(image, left + 1, top + 1) * right;
  return above * (1.0 - bottom) + below * bottom;
}

bool isErased(int image, int x, int y) {
  if (int(variedBits(image, 6)) >= int(wholes.z)) return false;
  int width = 4 + variedWhole(image, 7, 11);
  int height = 4 + variedWhole(image, 8, 11);
  int left = variedWhole(image, 9, 29 - width);
  int top = variedWhole(image, 10, 29 - height);
  return x >= left && x < left + width && y >= top && y < top + height;
}

float eraseNoise(int image, int pixel) {
  int at = ${ERASE_NOISE_START} + 784 * image + pixel;
  return float(pcg4d(uvec4(uvec3(variation), uint(at >> 2)))[at & 3] >> 24u) / 255.0;
}

float variedGray(int image, int x, int y) {
  if (isErased(image, x, y)) return eraseNoise(image, 28 * y + x);
  int most = int(wholes.y);
  float u = float(x - variedWhole(image, 1, 2 * most + 1) + most) - 13.5;
  float v = float(y - variedWhole(image, 2, 2 * most + 1) + most) - 13.5;
  float angle = variedEven(image, 3) * angleRange;
  float scale = 1.0 + variedEven(image, 4) * scaleRange;
  float sine = sineOf(angle) / scale;
  float cosine = cosineOf(angle) / scale;
  float across = cosine * u + sine * v;
  bool flip = int(wholes.x) == 1 && variedWhole(image, 0, 2) == 1;
  float gray = mixedGray(image, 13.5 + (flip ? -across : across), 13.5 + cosine * v - sine * u);
  return min(1.0, gray * (1.0 + variedEven(image, 5) * brightnessRange));
}
`;
