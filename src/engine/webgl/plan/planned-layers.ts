import type { Activation } from '../../../core/network/activations.ts';
import type { Graph } from '../../../core/network/graph.ts';
import type { GraphNode } from '../../../core/network/graph-node.ts';
import type { LayerKind, LayerSpec, SpecOf } from '../../../core/network/layers/registry.ts';
import { type FusedActivation, isFused } from '../kernels/activations.ts';
import type { PointwiseActivation } from '../kernels/pointwise.ts';

/** What a plan knows of a kind of layer that there are kernels for. */
interface PlannedTraits {
  /** Whether its kernel can apply the function of an activation layer behind it. */
  readonly fuses: boolean;
  /** What it makes of a flattened image that still lies as an image: it takes it, passes it on so, or can do neither. */
  readonly flattened: 'takes' | 'passes' | 'neither';
}

/** Every kind of layer; null for those without kernels, which tfjs' tape trains. */
const PLANNED = {
  conv2d: { fuses: true, flattened: 'neither' },
  depthwiseConv2d: null,
  separableConv2d: null,
  maxPooling2d: { fuses: false, flattened: 'neither' },
  averagePooling2d: { fuses: false, flattened: 'neither' },
  globalAveragePooling2d: { fuses: false, flattened: 'neither' },
  globalAveragePooling1d: null,
  flatten: { fuses: false, flattened: 'neither' },
  reshape: null,
  dense: { fuses: true, flattened: 'takes' },
  dropout: { fuses: false, flattened: 'passes' },
  spatialDropout2d: null,
  batchNormalization: { fuses: true, flattened: 'neither' },
  layerNormalization: null,
  activation: { fuses: false, flattened: 'passes' },
  add: { fuses: true, flattened: 'neither' },
  concatenate: null,
  branch: { fuses: false, flattened: 'neither' },
  patches: null,
  positionEmbedding: null,
  multiHeadAttention: null,
  simpleRnn: null,
  lstm: null,
  gru: null,
} as const satisfies { readonly [Kind in LayerKind]: PlannedTraits | null };

type PlannedKind = { [Kind in LayerKind]: (typeof PLANNED)[Kind] extends null ? never : Kind }[LayerKind];

/** A layer that a plan can hold. */
export type PlannedSpec = SpecOf<PlannedKind>;

/** Whether there are kernels for a kind of layer. */
export function isPlanned(spec: LayerSpec): spec is PlannedSpec {
  return PLANNED[spec.kind] !== null;
}

/** What a plan knows of a layer; null where there are no kernels for it. */
export function plannedTraitsOf({ kind }: LayerSpec): PlannedTraits | null {
  return PLANNED[kind];
}

/** One layer of a plan, and how its activation is computed. */
export interface PlannedLayer {
  readonly node: GraphNode;
  /** Applied by the kernel that computes the layer's sum. */
  readonly fused: FusedActivation;
  /** Applied by its own kernel after the layer. */
  readonly after: PointwiseActivation | null;
}

/**
 * How the kernels compute a graph, or why they cannot. The final softmax is left out, because the loss is computed from
 * logits. An activation layer is fused into the layer before it if no other layer reads that one.
 */
export function plannedLayersOf({ nodes }: Graph): readonly PlannedLayer[] | string {
  return plannedLayersUpTo({ nodes }, nodes.length - 1);
}

/**
 * As `plannedLayersOf`, of the part of the graph that ends in the layer at `position`: an activation layer behind it is not part
 * of it yet. A RangeError where there is no such layer; at -1, the Input, the part is empty.
 */
export function plannedLayersUpTo(
  { nodes: all }: Pick<Graph, 'nodes'>,
  position: number,
): readonly PlannedLayer[] | string {
  if (position < -1 || position >= all.length) throw new RangeError(`There is no layer at position ${position}.`);
  const nodes = all.slice(0, position + 1);
  const entries: PlannedLayer[] = [];
  for (const [at, node] of nodes.entries()) {
    if (!isPlanned(node.spec)) return `a layer of the kind ${node.spec.kind}`;
    if (node.spec.kind === 'dense' && node.input.length > 1) return 'a dense layer on more than a row';
    const activation = at === all.length - 1 ? 'linear' : activationOf(node);
    if (activation === 'softmax') return 'a softmax between layers';
    const before = entries[at - 1];
    if (before && isFused(activation) && canTake(before, node, nodes)) {
      entries[at - 1] = { ...before, fused: activation };
      entries.push({ node, fused: 'linear', after: null });
    } else if (node.spec.kind === 'activation' || !isFused(activation)) {
      entries.push({ node, fused: 'linear', after: activation === 'linear' ? null : activation });
    } else {
      entries.push({ node, fused: activation, after: null });
    }
  }
  return entries;
}

function activationOf({ spec }: GraphNode): Activation {
  return 'activation' in spec ? spec.activation : 'linear';
}

/** Whether the activation layer `node` can be fused into the layer before it. */
function canTake({ node: before, fused, after }: PlannedLayer, node: GraphNode, nodes: readonly GraphNode[]): boolean {
  const position = nodes.indexOf(before);
  const readers = nodes.filter(({ inputs }) => inputs.includes(position));
  const fuses = plannedTraitsOf(before.spec)?.fuses ?? false;
  return node.spec.kind === 'activation' && fuses && fused === 'linear' && after === null && readers.length === 1;
}
