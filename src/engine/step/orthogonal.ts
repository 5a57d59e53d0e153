import { sizeOf } from '../../core/network/shape.ts';
import { type MuonSpec, matrixScale, NEWTON_SCHULZ } from '../../core/training/optimizers/muon.ts';
import type { Buffer } from './buffer.ts';
import type { Operation } from './operation.ts';
import type { Recorder } from './recorder.ts';

interface MovedMatrix {
  readonly weight: Buffer;
  readonly gradient: Buffer;
  readonly velocity: Buffer;
  /** The extents of the weight as a matrix. */
  readonly rows: number;
  readonly columns: number;
  readonly optimizer: MuonSpec;
}

/**
 * A weight that Muon moves as a matrix. Where it moves is worked out before anything changes, since that is most of the work; gives
 * the operation that changes it.
 */
export function matrixUpdate(recorder: Recorder, matrix: MovedMatrix): Operation {
  const { weight, gradient, velocity, rows, columns, optimizer } = matrix;
  const { momentum, nesterov } = optimizer;
  const count = rows * columns;
  const blend = (x: Buffer, y: Buffer, a: number, b: number) => blended(recorder, weight.name, { x, y, a, b });
  const next = blend(velocity, gradient, momentum, 1);
  const ahead = nesterov ? blend(next, gradient, momentum, 1) : next;
  const short = recorder.buffer(`${weight.name} direction`, [rows, columns]);
  const attributes = { count, epsilon: NEWTON_SCHULZ.epsilon };
  recorder.emit({ name: 'toUnitLength', inputs: { x: ahead }, outputs: { y: short }, attributes });
  return {
    name: 'updateMatrix',
    inputs: { weight, gradient, velocity, direction: orthogonal(recorder, weight.name, short, [rows, columns]) },
    outputs: { weight, velocity },
    attributes: { count, scale: matrixScale(rows, columns), optimizer },
  };
}

/** A matrix of length 1 to one with the same singular vectors, whose singular values are about 1, by Newton-Schulz steps. */
function orthogonal(
  recorder: Recorder,
  name: string,
  matrix: Buffer,
  [rows, columns]: readonly [number, number],
): Buffer {
  const { a, b, c, steps } = NEWTON_SCHULZ;
  const isTall = rows > columns;
  const size = Math.min(rows, columns);
  const multiply = (x: Buffer, kernel: Buffer, [height, width]: readonly [number, number]) => {
    const y = recorder.buffer(`${name} product`, [height, width]);
    const inner = { rows: height, inputs: size, units: width, relu: false };
    recorder.emit({ name: 'dense', inputs: { x, kernel, bias: null }, outputs: { y }, attributes: inner });
    return y;
  };
  let x = matrix;
  for (let step = 0; step < steps; step++) {
    const gram = isTall
      ? columnProducts(recorder, name, x, rows, columns)
      : rowProducts(recorder, name, x, rows, columns);
    const square = multiply(gram, gram, [size, size]);
    const factor = blended(recorder, name, { x: gram, y: square, a: b, b: c });
    const turned = isTall ? multiply(x, factor, [rows, columns]) : multiply(factor, x, [rows, columns]);
    x = blended(recorder, name, { x, y: turned, a, b: 1 });
  }
  return x;
}

/** x^T x: [columns, columns] */
function columnProducts(recorder: Recorder, name: string, x: Buffer, rows: number, columns: number): Buffer {
  const dkernel = recorder.buffer(`${name} products`, [columns, columns]);
  const attributes = { rows, inputs: columns, units: columns };
  recorder.emit({ name: 'denseKernelGradient', inputs: { x, dy: x }, outputs: { dkernel }, attributes });
  return dkernel;
}

/** x x^T: [rows, rows] */
function rowProducts(recorder: Recorder, name: string, x: Buffer, rows: number, columns: number): Buffer {
  const dx = recorder.buffer(`${name} products`, [rows, rows]);
  const attributes = { rows, inputs: rows, units: columns };
  recorder.emit({ name: 'denseInputGradient', inputs: { dy: x, kernel: x }, outputs: { dx }, attributes });
  return dx;
}

/** a x + b y, in the shape of x. */
function blended(
  recorder: Recorder,
  name: string,
  { x, y, a, b }: { readonly x: Buffer; readonly y: Buffer; readonly a: number; readonly b: number },
): Buffer {
  const z = recorder.buffer(`${name} blend`, x.shape);
  const attributes = { count: sizeOf(x.shape), a, b };
  recorder.emit({ name: 'blend', inputs: { x, y }, outputs: { z }, attributes });
  return z;
}
