import type { OnnxGraph } from './onnx-graph.ts';

/**
 * A value in an ONNX graph. Images have their channels last as the app has them, first as convolutions want them, or both: a
 * transposition is only added where the other form is asked for.
 */
export class OnnxValue {
  readonly #graph: OnnxGraph;
  #last: string | null;
  #first: string | null;

  private constructor(graph: OnnxGraph, lastName: string | null, firstName: string | null) {
    this.#graph = graph;
    this.#last = lastName;
    this.#first = firstName;
  }

  /** A value as the app has it. */
  static last(graph: OnnxGraph, name: string): OnnxValue {
    return new OnnxValue(graph, name, null);
  }

  /** Images with their channels first. */
  static first(graph: OnnxGraph, name: string): OnnxValue {
    return new OnnxValue(graph, null, name);
  }

  get hasFirst(): boolean {
    return this.#first !== null;
  }

  /** The name of the value with its channels last. */
  last(): string {
    this.#last ??= this.#graph.one('Transpose', [this.#first ?? ''], { perm: [0, 2, 3, 1] });
    return this.#last;
  }

  /** The name of images with their channels first. */
  first(): string {
    this.#first ??= this.#graph.one('Transpose', [this.#last ?? ''], { perm: [0, 3, 1, 2] });
    return this.#first;
  }

  /** What becomes of a value where each number is treated alike: its form stays. */
  each(make: (name: string) => string): OnnxValue {
    return this.#first === null
      ? new OnnxValue(this.#graph, make(this.last()), null)
      : new OnnxValue(this.#graph, null, make(this.#first));
  }
}
