import { at } from '../../at.ts';
import type { Graph } from '../../network/graph.ts';
import type { WeightName } from '../../network/layers/definition.ts';
import { type Shape, sizeOf } from '../../network/shape.ts';
import { checkSizes } from '../../network/weights-file.ts';

/** Numbers with a shape, row by row. */
export interface Tensor {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** A tensor under a name. */
export interface NamedTensor extends Tensor {
  readonly name: string;
}

/** The weights of one layer by their names. */
export type LayerTensors = ReadonlyMap<WeightName, Tensor>;

/** The weights of each layer of a graph. Throws a RangeError where `weights` are not those of the graph. */
export function tensorsOf(graph: Graph, weights: readonly Float32Array[]): readonly LayerTensors[] {
  checkSizes(graph, weights);
  const rest = weights.values();
  return graph.nodes.map(
    (node) =>
      new Map(
        node.weights.map(({ name, shape }) => [name, { shape, values: rest.next().value ?? new Float32Array() }]),
      ),
  );
}

/** A tensor with its axes in another order: `axes[i]` is the axis that becomes the i-th. */
export function permuted({ shape, values }: Tensor, axes: readonly number[]): Tensor {
  const steps = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const lengths = axes.map((axis) => at(shape, axis));
  const strides = axes.map((axis) => at(steps, axis));
  const result = new Float32Array(values.length);
  const places = lengths.map(() => 0);
  let from = 0;
  for (let i = 0; i < result.length; i++) {
    result[i] = at(values, from);
    for (let axis = places.length - 1; axis >= 0; axis--) {
      const next = at(places, axis) + 1;
      from += at(strides, axis);
      if (next < at(lengths, axis)) {
        places[axis] = next;
        break;
      }
      places[axis] = 0;
      from -= at(strides, axis) * at(lengths, axis);
    }
  }
  return { shape: lengths, values: result };
}

/** The same numbers in another shape. */
export function reshaped({ values }: Tensor, shape: Shape): Tensor {
  return { shape, values };
}

/** A tensor of one number over and over. */
export function filled(shape: Shape, value: number): Tensor {
  return { shape, values: new Float32Array(sizeOf(shape)).fill(value) };
}

/** The equal parts of a tensor along its last axis in another order; all rows alike. */
export function reordered({ shape, values }: Tensor, parts: readonly number[]): Tensor {
  const width = at(shape, shape.length - 1);
  const part = width / parts.length;
  const result = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += width)
    parts.forEach((from, to) => {
      result.set(values.subarray(row + from * part, row + (from + 1) * part), row + to * part);
    });
  return { shape, values: result };
}
