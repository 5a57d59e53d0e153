import { type Shape, sameShape, sizeOf } from '../../core/network/shape.ts';
import type { Buffer } from './buffer.ts';
import type { Operation } from './operation.ts';

/** What an operation gives: a buffer, seen in a shape, which may differ from the buffer's own. */
export interface Value {
  readonly buffer: Buffer;
  readonly shape: Shape;
  /** Whether it depends on a weight that is trained: only then has it a gradient. */
  readonly learns: boolean;
}

interface BackwardRule {
  readonly output: Value;
  run(dy: Buffer): void;
}

/**
 * Writes operations down, first those of the forward pass and then, in reverse, those of the backward pass. Gradients of a value
 * that several operations read are added up in the order in which they come, last reader first.
 */
export class Recorder {
  readonly #operations: Operation[] = [];
  /** What changes weights outside of the optimizer, and so comes after everything that reads them. */
  readonly #late: Operation[] = [];
  readonly #backward: BackwardRule[] = [];
  readonly #gradients = new Map<Value, Buffer>();

  get operations(): readonly Operation[] {
    return this.#operations;
  }

  get late(): readonly Operation[] {
    return this.#late;
  }

  emit(operation: Operation): void {
    this.#operations.push(operation);
  }

  /** For an operation that changes a weight. */
  emitLate(operation: Operation): void {
    this.#late.push(operation);
  }

  /** A new buffer for values of this step. */
  buffer(name: string, shape: Shape, type: Buffer['type'] = 'float32'): Buffer {
    return { name, role: 'step', type, shape };
  }

  /** A new value, which learns if one of those that it is made of does. */
  value(name: string, shape: Shape, from: readonly (Value | null)[]): Value {
    return { buffer: this.buffer(name, shape), shape, learns: from.some((value) => value?.learns ?? false) };
  }

  /** The same values in another shape. No operation: its gradient is that of the original. */
  reshaped(value: Value, shape: Shape): Value {
    if (sizeOf(shape) !== sizeOf(value.shape)) throw new RangeError('A value keeps its size in another shape.');
    if (sameShape(shape, value.shape)) return value;
    const view = { ...value, shape };
    this.onBackward(view, (dy) => this.give(value, dy));
    return view;
  }

  /** What the backward pass records once the gradient by `output` is known. */
  onBackward(output: Value, run: (dy: Buffer) => void): void {
    if (output.learns) this.#backward.push({ output, run });
  }

  /** Adds to the gradient by a value. */
  give(value: Value, gradient: Buffer): void {
    if (!value.learns) return;
    const before = this.#gradients.get(value);
    if (before === undefined) {
      this.#gradients.set(value, gradient);
      return;
    }
    const sum = this.buffer(`${value.buffer.name} gradient sum`, value.shape);
    const count = sizeOf(value.shape);
    this.emit({ name: 'add', inputs: { x: before, y: gradient }, outputs: { z: sum }, attributes: { count } });
    this.#gradients.set(value, sum);
  }

  /** Records the backward pass of everything recorded so far; gradients must have been given where it begins. */
  recordBackward(): void {
    for (const { output, run } of this.#backward.toReversed()) {
      const dy = this.#gradients.get(output);
      if (dy !== undefined) run(dy);
    }
  }

  /** The gradient by a value that learns; an Error where the loss does not depend on it, which no checked graph allows. */
  gradientOf(value: Value): Buffer {
    const gradient = this.#gradients.get(value);
    if (gradient === undefined) throw new Error(`The loss does not depend on ${value.buffer.name}.`);
    return gradient;
  }
}
