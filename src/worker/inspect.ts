import { classCountOf } from '../core/dataset/spec.ts';
import { type AttentionMap, attentionLayers, attentionMap, shapeInPlaces } from '../core/explaining/attention.ts';
import type { Answerer } from '../core/explaining/feature-neighbours.ts';
import { firstLayerOf } from '../core/explaining/first-layer.ts';
import { type ClassMap, chosenLayer, type NetworkInspection, visibleLayers } from '../core/explaining/inspection.ts';
import { coveredImages, fallsOf } from '../core/explaining/occlusion.ts';
import { channelTiles } from '../core/explaining/tiles.ts';
import type { Graph } from '../core/network/graph.ts';
import { sizeOf } from '../core/network/shape.ts';
import type { Predictor } from '../engine/engine.ts';

/** A network that holds still while it is looked into. */
export interface Subject {
  readonly by: Answerer;
  readonly graph: Graph;
  readonly network: Pick<Predictor, 'predict' | 'activations'>;
  /** In the order of the graph. */
  readonly weights: readonly Float32Array[];
}

/** Looks into a network: its first layer, what the layer with this id makes of a sample as it is stored, and where it looks. */
export async function inspect(
  { by, graph, network, weights }: Subject,
  pixels: Uint8Array,
  layerId: string | null,
): Promise<NetworkInspection> {
  const layer = chosenLayer(graph, layerId);
  if (layer === undefined) throw new RangeError('The network has no layer to look at.');
  const { samples } = graph.dataset;
  const classes = classCountOf(graph.dataset);
  // A table has no places that could be covered.
  const probabilities = await network.predict(samples.kind === 'image' ? coveredImages(pixels, samples) : pixels);
  const answer = probabilities.subarray(0, classes);
  const isLast = layer.position === graph.nodes.length - 1;
  // A single sigmoid unit gives the probability of the second class.
  const values = isLast
    ? answer.slice(classes - sizeOf(layer.shape))
    : await network.activations(pixels, layer.position);
  return {
    by,
    first: firstLayerOf(graph, weights),
    layers: visibleLayers(graph),
    layer,
    seen: channelTiles(values, shapeInPlaces(graph, layer.position)),
    maps:
      samples.kind === 'image'
        ? likeliest(answer).map(
            (guess): ClassMap => ({ ...guess, falls: fallsOf(probabilities, classes, guess.label, samples) }),
          )
        : [],
    attention: await lookedAt({ graph, network, weights }, pixels),
  };
}

/** Where the patches of an image look, in each layer that compares them. */
async function lookedAt({ graph, network, weights }: Omit<Subject, 'by'>, pixels: Uint8Array) {
  const maps: AttentionMap[] = [];
  for (const layer of attentionLayers(graph)) {
    maps.push(attentionMap(layer, await network.activations(pixels, layer.source), weights));
  }
  return maps;
}

function likeliest(answer: Float32Array): readonly { readonly label: number; readonly probability: number }[] {
  const guesses = Array.from(answer, (probability, label) => ({ label, probability }));
  return guesses.sort((a, b) => b.probability - a.probability).slice(0, 2);
}
