import type { LayerKind, SpecOf } from '../../network/layers/registry.ts';
import type { Shape } from '../../network/shape.ts';
import type { OnnxGraph } from './onnx-graph.ts';
import type { OnnxValue } from './onnx-value.ts';
import type { LayerTensors } from './tensor.ts';

/** What the operators of a layer are made of. */
export interface OnnxSite<Kind extends LayerKind> {
  readonly graph: OnnxGraph;
  readonly spec: SpecOf<Kind>;
  readonly input: Shape;
  readonly output: Shape;
  readonly inputs: readonly OnnxValue[];
  readonly tensors: LayerTensors;
  /** Whether it is the last layer, whose softmax or sigmoid is an output of its own. */
  readonly last: boolean;
}

/** The same without the options of the layer. */
export type OnnxPlace = Omit<OnnxSite<LayerKind>, 'spec'>;
