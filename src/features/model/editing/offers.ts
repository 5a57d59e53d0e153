import { inputShapeOf } from '../../../core/dataset/spec.ts';
import type { Analysis } from '../../../core/network/graph.ts';
import type { Inference, LayerGroup } from '../../../core/network/layers/definition.ts';
import {
  definitionOf,
  LAYER_KINDS,
  type LayerKind,
  type LayerSpec,
  traitsOf,
} from '../../../core/network/layers/registry.ts';
import { createLayer, INPUT_ID, referenceOf, withOptions } from '../../../core/network/network.ts';
import { type Shape, shapeText } from '../../../core/network/shape.ts';
import { needsOf } from './misfit-words.ts';

/** A kind of layer as the palette offers it for one place of the network. */
export interface Offer {
  readonly kind: LayerKind;
  readonly group: LayerGroup;
  readonly title: string;
  readonly summary: string;
  /** The layer that would be inserted, but for its id: the defaults of its kind, changed where that makes it fit. */
  readonly layer: LayerSpec;
  /** The output there, as `→ 1×1×64`; or what is missing. */
  readonly effect: string;
  /** Why it does not fit, in full; null when it does. */
  readonly misfit: string | null;
}

/** The shape that arrives at a place, and the earlier outputs that could be a second input there. */
interface Place {
  readonly input: Shape;
  readonly sources: readonly Source[];
}

interface Source {
  readonly id: string;
  readonly name: string;
  readonly output: Shape;
}

/** What may be inserted before layer `index`, in the order of the palette. Kinds that do not fit say why. */
export function offersAt(analysis: Analysis, index: number): readonly Offer[] {
  const place = placeAt(analysis, index);
  return LAYER_KINDS.map((kind) => offerOf(kind, place));
}

/** The shape that arrives before layer `index`; null behind a layer that gives no output. */
export function arrivalAt({ layers, dataset }: Analysis, index: number): Shape | null {
  return index === 0 ? inputShapeOf(dataset) : (layers[index - 1]?.output ?? null);
}

/** Null behind a layer that gives no output: what arrives is not known there. */
function placeAt(analysis: Analysis, index: number): Place | null {
  const source: Source = { id: INPUT_ID, name: 'Input', output: inputShapeOf(analysis.dataset) };
  const layers = analysis.layers
    .slice(0, index)
    .flatMap(({ spec, name, output }): Source[] =>
      output === null || spec.off ? [] : [{ id: spec.id, name, output }],
    );
  const input = arrivalAt(analysis, index);
  return input === null ? null : { input, sources: [source, ...layers].slice(0, -1).reverse() };
}

function offerOf(kind: LayerKind, place: Place | null): Offer {
  const { title, group } = definitionOf(kind);
  const plain = createLayer(kind, kind);
  const words = (layer: LayerSpec) => ({ kind, group, title, layer, summary: definitionOf(kind).summary(layer) });
  if (place === null) return { ...words(plain), effect: 'waiting', misfit: null };
  if (referenceOf(plain) !== null) return { ...words(plain), ...joined(plain, place) };
  const layer = fitted(plain, place.input);
  return { ...words(layer), ...effectOf(infer(layer, place.input)) };
}

function infer(layer: LayerSpec, input: Shape, other?: Shape): Inference {
  return definitionOf(layer.kind).infer(layer, input, other);
}

/** The layer with the first options of its own that make it fit, if there are any. */
function fitted(layer: LayerSpec, input: Shape): LayerSpec {
  const inference = infer(layer, input);
  if ('shape' in inference) return layer;
  const ways = inference.misfit.repairs.flatMap((repair) => ('set' in repair ? [withOptions(layer, repair.set)] : []));
  return ways.find((way) => 'shape' in infer(way, input)) ?? layer;
}

function effectOf(inference: Inference): Pick<Offer, 'effect' | 'misfit'> {
  if ('shape' in inference) return { effect: `→ ${shapeText(inference.shape)}`, misfit: null };
  return { effect: needsOf(inference.misfit.code), misfit: inference.misfit.message };
}

/** A layer with an earlier one as its second input: the nearest that fits. */
function joined(plain: LayerSpec, { input, sources }: Place): Pick<Offer, 'layer' | 'summary' | 'effect' | 'misfit'> {
  const forks = traitsOf(plain).inputs === 'named';
  const source = sources.find(({ output }) => 'shape' in (forks ? { shape: output } : infer(plain, input, output)));
  if (source === undefined) {
    const misfit = `${definitionOf(plain.kind).title} takes up an earlier layer beside the one above, and none gives a shape that goes with ${shapeText(input)}.`;
    return { layer: plain, summary: '', effect: 'no earlier layer fits', misfit };
  }
  const layer = withOptions(plain, { from: source.id });
  const summary = `${forks ? 'from' : '+'} ${source.name}`;
  return { layer, summary, ...effectOf(infer(layer, forks ? source.output : input, source.output)) };
}
