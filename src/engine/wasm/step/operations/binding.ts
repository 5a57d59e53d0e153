import type { Buffer } from '../../../step/buffer.ts';
import type { OperationName, OperationOf } from '../../../step/operation.ts';
import type { Recording } from '../recording.ts';

/** An operation that is written down as calls of kernels, and where its buffers lie. */
export interface Binding<Name extends OperationName> {
  readonly recording: Recording;
  readonly operation: OperationOf<Name>;
  /** The address of a buffer. */
  at(buffer: Buffer): number;
}

/** Writes an operation down. */
export type Bind<Name extends OperationName> = (binding: Binding<Name>) => void;
