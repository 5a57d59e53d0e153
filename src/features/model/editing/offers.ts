import { type DatasetSpec, inputShapeOf, valueCountOf } from '../../../core/dataset/spec.ts';
import { type Analysis, analyse } from '../../../core/network/graph.ts';
import type { Inference, LayerGroup } from '../../../core/network/layers/definition.ts';
import {
  definitionOf,
  LAYER_KINDS,
  type LayerKind,
  type LayerSpec,
  traitsOf,
} from '../../../core/network/layers/registry.ts';
import {
  applyEdit,
  createLayer,
  type Edit,
  freeId,
  INPUT_ID,
  type Network,
  referenceOf,
  withOptions,
} from '../../../core/network/network.ts';
import { nameAbove, otherPlaces } from '../../../core/network/places.ts';
import { type Shape, shapeText } from '../../../core/network/shape.ts';
import { needsOf } from './misfit-words.ts';

/** Where a layer that does not fit a place would fit, and what it would be there. */
export interface Elsewhere {
  readonly index: number;
  /** The name of the layer that it would follow. */
  readonly above: string;
  readonly layer: LayerSpec;
}

/** A kind of layer as the palette offers it for one place of the network. */
export interface Offer {
  readonly kind: LayerKind;
  readonly group: LayerGroup;
  readonly title: string;
  readonly summary: string;
  /** The layer that would be inserted, but for its id: how its kind starts, changed where that makes it fit. */
  readonly layer: LayerSpec;
  /** The output there, as `→ 1×1×64`; or what is missing. */
  readonly effect: string;
  /** Why it does not fit, in full; null when it does. */
  readonly misfit: string | null;
  /** Another place for what does not fit this one; null where there is none, and for what fits. */
  readonly elsewhere: Elsewhere | null;
}

/** What an offer is before other places are looked at. */
type OfferHere = Omit<Offer, 'elsewhere'>;

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

/**
 * What may be inserted before layer `index`, in the order of the palette. Kinds that do not fit say why, and where they
 * would. Where nobody `asked` for this very place, a Dense is not offered on an image, which it would take pixel by pixel.
 */
export function offersAt(analysis: Analysis, index: number, asked = true): readonly Offer[] {
  const place = placeAt(analysis, index);
  return LAYER_KINDS.map((kind) => {
    const here = offerOf(startOf(kind, analysis.dataset), place);
    const offer = asked || !takesPixels(kind, place) ? here : { ...here, ...PIXEL_BY_PIXEL };
    return { ...offer, elsewhere: offer.misfit === null ? null : elsewhereFor(analysis, index, kind) };
  });
}

const PIXEL_BY_PIXEL = {
  effect: 'needs a row of numbers',
  misfit: 'A Dense layer takes a row of numbers; of an image it would take each pixel by itself.',
};

function takesPixels(kind: LayerKind, place: Place | null): boolean {
  return kind === 'dense' && place?.input.length === 3;
}

/** How many places that take a layer are looked at more closely: each time the whole network is analysed. */
const MOST_TRIED = 4;

/** The likeliest other place where a kind does what it is for, without a new error anywhere in the network. */
function elsewhereFor(analysis: Analysis, index: number, kind: LayerKind): Elsewhere | null {
  const network = { layers: analysis.layers.map(({ spec }) => spec) };
  const fitting = otherPlaces(analysis, index).flatMap((at) => {
    const place = placeAt(analysis, at);
    if (place === null || takesPixels(kind, place)) return [];
    const { layer, misfit } = offerOf(startOf(kind, analysis.dataset), place);
    return misfit === null ? [{ index: at, above: nameAbove(analysis, at), layer }] : [];
  });
  const isSound = ({ index: at, layer }: Elsewhere) =>
    addsNoError(analysis, network, [{ type: 'insert', index: at, layer: { ...layer, id: freeId(network, kind) } }]);
  return fitting.slice(0, MOST_TRIED).find(isSound) ?? null;
}

/** Whether the network has no more errors after some edits than before. */
export function addsNoError(analysis: Analysis, network: Network, edits: readonly Edit[]): boolean {
  return errorsOf(analyse(edits.reduce(applyEdit, network), analysis.dataset)) <= errorsOf(analysis);
}

function errorsOf({ issues }: Analysis): number {
  return issues.filter(({ severity }) => severity === 'error').length;
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

/** A layer of a kind as it starts: by its defaults, but for a Reshape, which makes the rows of an image a sequence. */
function startOf(kind: LayerKind, dataset: DatasetSpec): LayerSpec {
  return kind === 'reshape' ? createLayer(kind, kind, { targetShape: rowsOf(dataset) }) : createLayer(kind, kind);
}

function rowsOf({ samples }: DatasetSpec): Shape {
  return samples.kind === 'image' ? [samples.height, samples.width * samples.channels] : [valueCountOf(samples)];
}

function offerOf(plain: LayerSpec, place: Place | null): OfferHere {
  const { kind } = plain;
  const { title, group } = definitionOf(kind);
  const words = (layer: LayerSpec) => ({ kind, group, title, layer, summary: definitionOf(kind).summary(layer) });
  if (place === null) return { ...words(plain), effect: 'waiting', misfit: null };
  if (referenceOf(plain) !== null) return { ...words(plain), ...joined(plain, place) };
  const layer = fitted(plain, place.input);
  return { ...words(layer), ...effectOf(infer(layer, place.input)) };
}

function infer(layer: LayerSpec, input: Shape, other?: Shape): Inference {
  return definitionOf(layer.kind).infer(layer, input, other);
}

/** The layer with the first options of its own that make it fit, if there are any. A window must find something to do. */
function fitted(layer: LayerSpec, input: Shape): LayerSpec {
  const inference = infer(layer, input);
  if ('shape' in inference) return layer;
  const ways = inference.misfit.repairs.flatMap((repair) => ('set' in repair ? [withOptions(layer, repair.set)] : []));
  const isWindow = inference.misfit.code === 'collapse';
  return ways.find((way) => fits(way, input) && !(isWindow && isIdle(way, input))) ?? layer;
}

function fits(layer: LayerSpec, input: Shape): boolean {
  return 'shape' in infer(layer, input);
}

function isIdle(layer: LayerSpec, input: Shape): boolean {
  const inference = infer(layer, input);
  return 'shape' in inference && definitionOf(layer.kind).idleness(layer, input, inference.shape) !== null;
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
    const misfit = `${definitionOf(plain.kind).title} joins an earlier layer with the one above, but none has a shape that fits ${shapeText(input)}.`;
    return { layer: plain, summary: '', effect: 'no earlier layer fits', misfit };
  }
  const layer = withOptions(plain, { from: source.id });
  const summary = `${forks ? 'second path from' : '+'} ${source.name}`;
  return { layer, summary, ...effectOf(infer(layer, forks ? source.output : input, source.output)) };
}
