import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { ERASE_NOISE_START, eraseThreshold } from '../../core/augment.ts';
import type { AugmentationSpec } from '../../core/augmentation.ts';
import type { RandomKey } from '../../core/random.ts';
import { PCG4D } from './pcg4d.ts';
import { runProgram } from './webgl-program.ts';

/** What `core/augment.ts` does to images [batch, 28, 28, 1], as a shader. The options are uniforms: they may change. */
export function augmentInShader(images: Tensor4D, spec: AugmentationSpec, key: RandomKey): Tensor {
  const { flip, shift, rotation, scale, brightness } = spec;
  return runProgram(new AugmentProgram(images.shape), [images], 'float32', [
    key.map((word) => word | 0),
    [flip ? 1 : 0, shift, eraseThreshold(spec)],
    [(rotation * Math.PI) / 180, scale, brightness],
  ]);
}

/** GLSL of `core/augment.ts`, function by function: `parametersOf` and `augmented` in one, for the pixel at hand. */
const AUGMENT = `
  ${PCG4D}

  uint bits(int index, int number) {
    int at = 16 * index + number;
    return pcg4d(uvec4(uvec3(key), uint(at >> 2)))[at & 3] >> 8u;
  }

  int whole(int index, int number, int n) {
    return int((bits(index, number) * uint(n)) >> 24u);
  }

  float even(int index, int number) {
    return float(bits(index, number)) / 8388608.0 - 1.0;
  }

  float sineOf(float t) {
    float s = t * t;
    return t * (1.0 - s / 6.0 * (1.0 - s / 20.0 * (1.0 - s / 42.0)));
  }

  float cosineOf(float t) {
    float s = t * t;
    return 1.0 - s / 2.0 * (1.0 - s / 12.0 * (1.0 - s / 30.0 * (1.0 - s / 56.0)));
  }

  float grayAt(int index, int x, int y) {
    return x < 0 || y < 0 || x > 27 || y > 27 ? 0.0 : getImages(index, y, x, 0);
  }

  float mixed(int index, float x, float y) {
    int left = int(floor(x));
    int top = int(floor(y));
    float right = x - float(left);
    float bottom = y - float(top);
    float above = grayAt(index, left, top) * (1.0 - right) + grayAt(index, left + 1, top) * right;
    float below = grayAt(index, left, top + 1) * (1.0 - right) + grayAt(index, left + 1, top + 1) * right;
    return above * (1.0 - bottom) + below * bottom;
  }

  bool isErased(int index, int x, int y) {
    if (int(bits(index, 6)) >= wholes.z) return false;
    int width = 4 + whole(index, 7, 11);
    int height = 4 + whole(index, 8, 11);
    int left = whole(index, 9, 29 - width);
    int top = whole(index, 10, 29 - height);
    return x >= left && x < left + width && y >= top && y < top + height;
  }

  float noise(int index, int pixel) {
    int at = ${ERASE_NOISE_START} + 784 * index + pixel;
    return float(pcg4d(uvec4(uvec3(key), uint(at >> 2)))[at & 3] >> 24u) / 255.0;
  }
`;

class AugmentProgram implements GPGPUProgram {
  readonly variableNames = ['images'];
  readonly outputShape: number[];
  readonly customUniforms = [
    { name: 'key', type: 'ivec3' as const },
    /** Whether to flip, the most pixels to shift, and the threshold below which an image is erased. */
    { name: 'wholes', type: 'ivec3' as const },
    /** The largest angle in radians, and how far scale and brightness may be from 1. */
    { name: 'ranges', type: 'vec3' as const },
  ];
  readonly userCode = `
    ${AUGMENT}
    void main() {
      ivec4 place = getOutputCoords();
      int index = place.x;
      int x = place.z;
      int y = place.y;
      if (isErased(index, x, y)) {
        setOutput(noise(index, 28 * y + x));
        return;
      }
      int span = 2 * wholes.y + 1;
      float u = float(x - whole(index, 1, span) + wholes.y) - 13.5;
      float v = float(y - whole(index, 2, span) + wholes.y) - 13.5;
      float angle = even(index, 3) * ranges.x;
      float scale = 1.0 + even(index, 4) * ranges.y;
      float sine = sineOf(angle) / scale;
      float cosine = cosineOf(angle) / scale;
      float across = cosine * u + sine * v;
      bool flip = wholes.x == 1 && whole(index, 0, 2) == 1;
      float gray = mixed(index, 13.5 + (flip ? -across : across), 13.5 + cosine * v - sine * u);
      setOutput(min(1.0, gray * (1.0 + even(index, 5) * ranges.z)));
    }
  `;

  constructor(shape: [number, number, number, number]) {
    this.outputShape = shape;
  }
}
