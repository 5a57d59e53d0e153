import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import { type Tensor, type Tensor4D, tensor1d } from '@tensorflow/tfjs-core';
import type { Variation } from '../../variation.ts';
import { float } from '../../webgl/kernel.ts';
import { augmentedPixel, variationUniforms } from '../../webgl/kernels/augmented-pixel.ts';
import { runProgram } from './webgl-program.ts';

/**
 * What `core/training/augment.ts` does to images [batch, height, width, channels] of values from 0 to `white`, as a shader.
 * The options are uniforms: they may change. `mirrored`: for each image whether alternating flip mirrors it.
 */
export function augmentInShader(images: Tensor4D, white: number, how: Variation, mirrored: readonly boolean[]): Tensor {
  const { variation, wholes, angleRange, scaleRange, brightnessRange } = variationUniforms(how);
  const uniforms = [variation.map((word) => word | 0), [...wholes], [angleRange], [scaleRange], [brightnessRange]];
  const flips = tensor1d(
    Float32Array.from({ length: images.shape[0] }, (_, image) => Number(mirrored[image] ?? false)),
  );
  return runProgram(new AugmentProgram(images.shape, white), [images, flips], 'float32', uniforms);
}

class AugmentProgram implements GPGPUProgram {
  readonly variableNames = ['images', 'flips'];
  readonly outputShape: number[];
  readonly customUniforms = [
    { name: 'variation', type: 'ivec3' as const },
    { name: 'wholes', type: 'ivec3' as const },
    { name: 'angleRange', type: 'float' as const },
    { name: 'scaleRange', type: 'float' as const },
    { name: 'brightnessRange', type: 'float' as const },
  ];
  readonly userCode: string;

  constructor(shape: readonly [number, number, number, number], white: number) {
    const [, height, width, channels] = shape;
    this.outputShape = [...shape];
    this.userCode = `
    float storedValue(int image, int x, int y, int channel) {
      return getImages(image, y, x, channel)${white === 1 ? '' : ` / ${float(white)}`};
    }
    ${augmentedPixel({ height, width, channels })}
    bool isMirrored(int image) {
      return getFlips(image) > 0.5;
    }
    void main() {
      ivec4 place = getOutputCoords();
      setOutput(augmentedValue(place.x, place.z, place.y, place.w)${white === 1 ? '' : ` * ${float(white)}`});
    }
  `;
  }
}
