import type { WeightSpec } from './layers/definition.ts';
import type { LayerSpec } from './layers/registry.ts';
import type { Shape } from './shape.ts';

/** One layer of a valid network with everything that follows from it. Shapes are without the batch axis. */
export interface GraphNode {
  readonly name: string;
  readonly spec: LayerSpec;
  /**
   * The nodes whose outputs this layer takes, by position in the graph; -1 is the Input. The first is the one above, or
   * for a Branch the one that it names; an Add and a Concatenate have the one that they name as second.
   */
  readonly inputs: readonly number[];
  /** The shape of the first input. */
  readonly input: Shape;
  readonly output: Shape;
  readonly weights: readonly WeightSpec[];
  /** Forward floating-point operations for one image. */
  readonly flops: number;
}
