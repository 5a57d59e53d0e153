import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { VARIED_GRAY, type Variation, variationUniforms } from '../../webgl/kernels/varied-gray.ts';
import { runProgram } from './webgl-program.ts';

/** What `core/training/augment.ts` does to images [batch, 28, 28, 1], as a shader. The options are uniforms: they may change. */
export function augmentInShader(images: Tensor4D, how: Variation): Tensor {
  const { variation, wholes, angleRange, scaleRange, brightnessRange } = variationUniforms(how);
  const uniforms = [variation.map((word) => word | 0), [...wholes], [angleRange], [scaleRange], [brightnessRange]];
  return runProgram(new AugmentProgram(images.shape), [images], 'float32', uniforms);
}

class AugmentProgram implements GPGPUProgram {
  readonly variableNames = ['images'];
  readonly outputShape: number[];
  readonly customUniforms = [
    { name: 'variation', type: 'ivec3' as const },
    { name: 'wholes', type: 'ivec3' as const },
    { name: 'angleRange', type: 'float' as const },
    { name: 'scaleRange', type: 'float' as const },
    { name: 'brightnessRange', type: 'float' as const },
  ];
  readonly userCode = `
    float grayAt(int image, int x, int y) {
      return getImages(image, y, x, 0);
    }
    ${VARIED_GRAY}
    void main() {
      ivec4 place = getOutputCoords();
      setOutput(variedGray(place.x, place.z, place.y));
    }
  `;

  constructor(shape: [number, number, number, number]) {
    this.outputShape = shape;
  }
}
