import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import { reshape, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { last } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import { type RandomKey, uint32At } from '../../../core/random.ts';
import { keepRule } from '../../keep-rule.ts';
import { onWebgl, runProgram } from '../../tape/webgl/webgl-program.ts';
import { PCG4D } from './pcg4d.ts';

/**
 * A dropout mask: `1 / (1 - rate)` where `uniformAt(key, i) >= rate` for value i, row by row, and 0 elsewhere. The same
 * bits on every backend, because integers are compared.
 */
export function keepMask(shape: number[], rate: number, key: RandomKey): Tensor {
  const { threshold, kept } = keepRule(rate);
  return onWebgl() ? maskInShader(shape, threshold, kept, key) : maskInScript(shape, threshold, kept, key);
}

function maskInScript(shape: number[], threshold: number, kept: number, key: RandomKey): Tensor {
  const mask = new Float32Array(sizeOf(shape));
  return tensor(
    mask.map((_, i) => (uint32At(key, i) >>> 8 >= threshold ? kept : 0)),
    shape,
  );
}

function maskInShader(shape: number[], threshold: number, kept: number, key: RandomKey): Tensor {
  const columns = last(shape);
  const program = new KeepMaskProgram(sizeOf(shape) / columns, columns);
  const words = key.map((word) => word | 0);
  return reshape(runProgram(program, [], 'float32', [words, [threshold], [kept]]), shape);
}

class KeepMaskProgram implements GPGPUProgram {
  readonly variableNames = [];
  readonly outputShape: number[];
  readonly customUniforms = [
    { name: 'key', type: 'ivec3' as const },
    { name: 'threshold', type: 'int' as const },
    { name: 'kept', type: 'float' as const },
  ];
  readonly userCode: string;

  constructor(rows: number, columns: number) {
    this.outputShape = [rows, columns];
    this.userCode = `
      ${PCG4D}
      void main() {
        ivec2 place = getOutputCoords();
        int index = place.x * ${columns} + place.y;
        uint random = pcg4d(uvec4(uvec3(key), uint(index >> 2)))[index & 3];
        setOutput(int(random >> 8u) >= threshold ? kept : 0.0);
      }
    `;
  }
}
