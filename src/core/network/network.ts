import { definitionOf, type LayerKind, type LayerSpec, type SpecOf } from './layers/registry.ts';

/** A network as the student writes it: a list of layers behind the Input, data flowing from first to last. */
export interface Network {
  readonly layers: readonly LayerSpec[];
}

/** What an option `from` says when it means the Input and no layer. */
export const INPUT_ID = 'input';

/** The layer that a layer names beside the one above, or in its place; null for kinds that name none. */
export function referenceOf(layer: LayerSpec): string | null {
  return 'from' in layer ? layer.from : null;
}

/** A layer to be made: its kind, and the options that differ from the defaults. */
export interface NewLayer {
  readonly kind: LayerKind;
  readonly options: Readonly<Record<string, unknown>>;
}

/** One change of a network. Every edit in the app, and every fix that an issue offers, is one of these. */
export type Edit =
  | { readonly type: 'insert'; readonly index: number; readonly layer: LayerSpec }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'move'; readonly id: string; readonly to: number }
  | { readonly type: 'setOptions'; readonly id: string; readonly values: Readonly<Record<string, unknown>> }
  | { readonly type: 'replace'; readonly network: Network };

/** Options of a layer that differ from the defaults of its kind. */
export type LayerOptions<Kind extends LayerKind> = Partial<Omit<SpecOf<Kind>, 'id' | 'kind'>>;

/** A layer of the given kind with its defaults, changed by `options`. */
export function createLayer<Kind extends LayerKind>(kind: Kind, id: string, options?: LayerOptions<Kind>): SpecOf<Kind>;
export function createLayer(kind: LayerKind, id: string, options: object = {}): LayerSpec {
  return withOptions({ ...definitionOf(kind).defaults, id }, options);
}

/** An id that no layer of the network has: the kind and the first free number. */
export function freeId(network: Network, kind: LayerKind): string {
  const taken = new Set(network.layers.map((layer) => layer.id));
  for (let n = 1; ; n++) if (!taken.has(`${kind}-${n}`)) return `${kind}-${n}`;
}

/** The network after an edit. An edit that names a missing layer, or inserts an id that is taken, changes nothing. */
export function applyEdit(network: Network, edit: Edit): Network {
  switch (edit.type) {
    case 'insert':
      if (network.layers.some((layer) => layer.id === edit.layer.id)) return network;
      return { layers: network.layers.toSpliced(edit.index, 0, edit.layer) };
    case 'remove':
      return { layers: network.layers.filter((layer) => layer.id !== edit.id) };
    case 'move':
      return moved(network, edit.id, edit.to);
    case 'setOptions':
      return {
        layers: network.layers.map((layer) => (layer.id === edit.id ? withOptions(layer, edit.values) : layer)),
      };
    case 'replace':
      return edit.network;
    default:
      return edit satisfies never;
  }
}

function moved(network: Network, id: string, to: number): Network {
  const from = network.layers.findIndex((layer) => layer.id === id);
  const layer = network.layers[from];
  if (layer === undefined) return network;
  const rest = network.layers.toSpliced(from, 1);
  return { layers: rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, layer) };
}

/** The layer with other options. Only those that the kind has are taken over; their values are checked by `graph.ts`, where they can be explained. */
export function withOptions(layer: LayerSpec, values: object): LayerSpec {
  const known = Object.entries(values).filter(([option]) => option !== 'kind' && option !== 'id' && option in layer);
  return { ...layer, ...Object.fromEntries(known) };
}

/** The names by which people see the layers: the title and the position among its kind, as `Conv2D 2`. */
export function layerNames(network: Network): readonly string[] {
  const seen = new Map<LayerKind, number>();
  return network.layers.map(({ kind }) => {
    const n = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, n);
    return `${definitionOf(kind).title} ${n}`;
  });
}
