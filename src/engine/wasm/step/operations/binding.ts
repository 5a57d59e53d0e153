import type { Buffer } from '../../../step/buffer.ts';
import type { WasmOperationName, WasmOperationOf } from '../pooled-convolutions.ts';
import type { Recording } from '../recording.ts';

/** An operation that is written down as calls of kernels, and where its buffers lie. */
export interface Binding<Name extends WasmOperationName> {
  readonly recording: Recording;
  readonly operation: WasmOperationOf<Name>;
  /** The address of a buffer. */
  at(buffer: Buffer): number;
}

/** Writes an operation down. */
export type Bind<Name extends WasmOperationName> = (binding: Binding<Name>) => void;
