import { type Shape, sizeOf } from '../../core/network/shape.ts';

/** Bytes of a value: floats and whole numbers have 32 bits. */
const VALUE_BYTES = 4;

/**
 * What a buffer holds, and so for how long: the values of one step are needed from the operation that writes them to the
 * last that reads them; weights, what the optimizer keeps beside them (`slot`) and the metrics stay.
 */
export type BufferRole = 'step' | 'weight' | 'slot' | 'metrics';

/** Values that operations read and write, row by row. Two buffers are the same only if they are the same object. */
export interface Buffer {
  readonly name: string;
  readonly role: BufferRole;
  readonly type: 'float32' | 'int32';
  /** The batch axis first, images as [batch, height, width, channels]; a weight as in its description. */
  readonly shape: Shape;
}

/** How many values a buffer has. */
export function lengthOf({ shape }: Buffer): number {
  return sizeOf(shape);
}

/** Bytes of a buffer's values. */
export function bytesOf(buffer: Buffer): number {
  return lengthOf(buffer) * VALUE_BYTES;
}
