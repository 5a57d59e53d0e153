import type { Activation } from '../network/activations.ts';
import type { Graph } from '../network/graph.ts';
import type { Shape } from '../network/shape.ts';
import type { AttentionMap } from './attention.ts';
import type { Answerer } from './feature-neighbours.ts';
import type { FirstLayer } from './first-layer.ts';
import { keepsValues } from './hidden-layer.ts';
import type { Tiles } from './tiles.ts';

/** A layer whose values can be shown. */
export interface VisibleLayer {
  /** The id of the layer, which edits keep. */
  readonly id: string;
  /** As people see it, such as `Conv2D 1`. */
  readonly name: string;
  readonly position: number;
  readonly shape: Shape;
  /** The last function that made its values; linear where there is none. */
  readonly activation: Activation;
}

/** How the probability of a class depends on the parts of an image. */
export interface ClassMap {
  readonly label: number;
  readonly probability: number;
  /** By how much it falls where a pixel is covered: [height, width], below 0 where it rises. */
  readonly falls: Float32Array<ArrayBuffer>;
}

/** What a network has inside at one moment of its training, for one image. */
export interface NetworkInspection {
  readonly by: Answerer;
  readonly first: FirstLayer;
  /** The layers that there are to choose from. */
  readonly layers: readonly VisibleLayer[];
  /** The one that was chosen. */
  readonly layer: VisibleLayer;
  /** Its values for the image. */
  readonly seen: Tiles;
  /** The two likeliest classes, the likeliest first. */
  readonly maps: readonly ClassMap[];
  /** Where patches look, layer by layer; none without attention between patches of an image. */
  readonly attention: readonly AttentionMap[];
}

/** The layers of a graph that make values of their own, in their order: without Flatten, Dropout and the like. */
export function visibleLayers({ nodes }: Graph): readonly VisibleLayer[] {
  return [...nodes.entries()]
    .filter(([, node]) => !keepsValues(node))
    .map(([position, { spec, name, output }]) => {
      const activation = 'activation' in spec ? spec.activation : 'linear';
      return { id: spec.id, name, position, shape: output, activation };
    });
}

/** The layer with this id; where there is none, the first convolution, or else the first dense layer, or else the first. */
export function chosenLayer(graph: Graph, id: string | null): VisibleLayer | undefined {
  const layers = visibleLayers(graph);
  const first = (kind: string) => layers.find(({ position }) => graph.nodes[position]?.spec.kind === kind);
  return layers.find((layer) => layer.id === id) ?? first('conv2d') ?? first('dense') ?? layers[0];
}
