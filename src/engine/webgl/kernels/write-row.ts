import type { GPGPUProgram } from '@tensorflow/tfjs-backend-webgl';
import {
  add,
  getBackend,
  mul,
  oneHot,
  reshape,
  type Scalar,
  stack,
  type Tensor2D,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import { matrixOf } from '../../tape/tensors.ts';
import { onWebgl, runProgram } from '../../tape/webgl/webgl-program.ts';

/** A table [rows, 2] with one row replaced by two numbers. */
export function writeRow(table: Tensor2D, row: number, first: Scalar, second: Scalar): Tensor2D {
  if (onWebgl()) {
    const program = new WriteRowProgram(table.shape);
    return matrixOf(runProgram(program, [table, first, second], 'float32', [[row]]));
  }
  if (getBackend() === 'webgpu') {
    // Reading the table back would wait for the GPU. A row is written once, over zeros.
    const place = reshape(oneHot([row], table.shape[0], 1, 0, 'float32'), [table.shape[0], 1]);
    return add(table, mul(place, stack([first, second])));
  }
  const values = Float32Array.from(table.dataSync());
  values.set([at(first.dataSync(), 0), at(second.dataSync(), 0)], 2 * row);
  return tensor2d(values, table.shape);
}

class WriteRowProgram implements GPGPUProgram {
  readonly variableNames = ['table', 'first', 'second'];
  readonly customUniforms = [{ name: 'row', type: 'int' as const }];
  readonly outputShape: number[];
  readonly userCode = `
    void main() {
      ivec2 place = getOutputCoords();
      float added = place.y == 0 ? getFirst() : getSecond();
      setOutput(place.x == row ? added : getTable(place.x, place.y));
    }
  `;

  constructor(shape: [number, number]) {
    this.outputShape = shape;
  }
}
