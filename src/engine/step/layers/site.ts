import type { GraphNode } from '../../../core/network/graph-node.ts';
import type { WeightName } from '../../../core/network/layers/definition.ts';
import type { LayerSpec } from '../../../core/network/layers/registry.ts';
import type { Recorder, Value } from '../recorder.ts';

/** One layer that is being recorded. */
export interface LayerSite<Spec extends LayerSpec> {
  readonly recorder: Recorder;
  readonly spec: Spec;
  readonly node: GraphNode;
  /** The layer's position in the graph, which gives it random streams of its own. */
  readonly position: number;
  /** Whether a training step is recorded, with what is random and with statistics of the batch. */
  readonly training: boolean;
  /** Outputs of the layers that it takes, batch axis first; the first is the one above. */
  readonly inputs: readonly [Value, ...Value[]];
  /** The weight of this name, or null where the layer goes without it. */
  find(name: WeightName): Value | null;
  /** The weight of this name; an Error where there is none. */
  get(name: WeightName): Value;
}

/** Records what a kind of layer does, and gives its output. */
export type LayerRecorder<Spec extends LayerSpec> = (site: LayerSite<Spec>) => Value;
