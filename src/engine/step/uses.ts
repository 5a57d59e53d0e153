import type { Buffer } from './buffer.ts';
import { type Operation, type OperationName, type OperationOf, readsOf, writesOf } from './operation.ts';

/** Which operations of a list read and write a buffer. */
export class Uses {
  readonly #readers = new Map<Buffer, Operation[]>();
  readonly #writers = new Map<Buffer, Operation>();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations) {
      for (const buffer of new Set(readsOf(operation))) {
        this.#readers.set(buffer, [...this.readersOf(buffer), operation]);
      }
      for (const buffer of writesOf(operation)) {
        if (!this.#writers.has(buffer)) this.#writers.set(buffer, operation);
      }
    }
  }

  readersOf(buffer: Buffer): readonly Operation[] {
    return this.#readers.get(buffer) ?? [];
  }

  /** The only operation that reads a buffer; null where there are none or several. */
  onlyReaderOf(buffer: Buffer): Operation | null {
    const [reader = null, ...more] = this.readersOf(buffer);
    return more.length === 0 ? reader : null;
  }

  /** The first operation of this name that reads a buffer. */
  readerOf<Name extends OperationName>(buffer: Buffer, name: Name): OperationOf<Name> | null {
    return (
      this.readersOf(buffer).find((reader): reader is Operation & OperationOf<Name> => reader.name === name) ?? null
    );
  }

  /** The optimizer's operation that moves a weight by this gradient. */
  moverOf(gradient: Buffer): OperationOf<'update'> | OperationOf<'updateMatrix'> | null {
    return this.readerOf(gradient, 'update') ?? this.readerOf(gradient, 'updateMatrix');
  }

  /** The first operation that writes a buffer. */
  writerOf(buffer: Buffer): Operation | null {
    return this.#writers.get(buffer) ?? null;
  }
}
