import { outsideJson } from '../sharing/outside-json.ts';
import type { OptionField } from './layers/definition.ts';
import { definitionOf, LAYER_KINDS, type LayerKind, type LayerSpec } from './layers/registry.ts';
import { createLayer, INPUT_ID, type Network, withOptions } from './network.ts';
import { fieldProblem } from './options.ts';

/** How many layers a network out of text may have. */
const MAX_LAYERS = 200;

/** How many characters a text may have; a longer one is not parsed. */
const MAX_CHARACTERS = 200_000;

/** What an id may look like: it is shown nowhere, but travels through files and links. */
const ID_PATTERN = /^[A-Za-z][A-Za-z0-9-]{0,59}$/;

/** What was read, or everything that is wrong with the text, as sentences. */
export type ParsedNetwork = { readonly network: Network } | { readonly problems: readonly string[] };

/** A network as JSON, a layer a line; options that are as they start are left out. */
export function networkText({ layers }: Network): string {
  const lines = layers.map((layer) => `    ${JSON.stringify(briefly(layer))}`);
  return layers.length === 0 ? '{ "layers": [] }\n' : `{\n  "layers": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function briefly(layer: LayerSpec): object {
  const usual = new Map<string, unknown>(Object.entries(definitionOf(layer.kind).defaults));
  const { kind, id, ...options } = layer;
  const own = Object.entries(options).filter(([option, value]) => value !== usual.get(option));
  return { kind, id, ...Object.fromEntries(own) };
}

/** Reads what `networkText` writes. Takes nothing that the builder could not make itself. */
export function parseNetwork(text: string): ParsedNetwork {
  if (text.length > MAX_CHARACTERS)
    return { problems: [`The text is too long: more than ${MAX_CHARACTERS / 1000} KB.`] };
  const value = outsideJson(text);
  const list = isRecord(value) ? new Map(Object.entries(value)).get('layers') : value;
  if (!Array.isArray(list)) return { problems: ['This is not text of layers: it should begin with { "layers": [.'] };
  if (list.length > MAX_LAYERS) {
    return { problems: [`There are ${list.length} layers, but a network may have at most ${MAX_LAYERS}.`] };
  }
  const parsed = list.map((entry: unknown, index) => readLayer(entry, `Layer ${index + 1}`));
  const problems = [...parsed.flatMap((layer) => ('problems' in layer ? layer.problems : []))];
  const layers = parsed.flatMap((layer) => ('layer' in layer ? [layer.layer] : []));
  problems.push(...repeatedIds(layers));
  return problems.length > 0 ? { problems } : { network: { layers } };
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type ParsedLayer = { readonly layer: LayerSpec } | { readonly problems: readonly string[] };

function readLayer(entry: unknown, name: string): ParsedLayer {
  if (!isRecord(entry)) return { problems: [`${name} is not written as { "kind": …, "id": … }.`] };
  const given = new Map<string, unknown>(Object.entries(entry));
  const kind = kindOf(given.get('kind'));
  if (kind === undefined) return { problems: [`${name} is of an unknown kind: ${quoted(given.get('kind'))}.`] };
  const id = given.get('id');
  if (typeof id !== 'string' || !ID_PATTERN.test(id) || id === INPUT_ID) {
    return { problems: [`${name} needs an id of letters, digits and hyphens, but has ${quoted(id)}.`] };
  }
  const { title, fields } = definitionOf(kind);
  const options = [...given].filter(([option]) => option !== 'kind' && option !== 'id');
  const problems = options.flatMap(([option, value]) => {
    const problem = optionProblem(fields, option, value);
    return problem === null ? [] : [`${name} (${title}): ${problem}`];
  });
  if (problems.length > 0) return { problems };
  return { layer: withOptions(createLayer(kind, id), Object.fromEntries(options)) };
}

function optionProblem(fields: readonly OptionField[], option: string, value: unknown): string | null {
  if (option === 'off') return typeof value === 'boolean' ? null : 'Off must be true or false.';
  const field = fields.find((known) => known.option === option);
  return field === undefined ? `There is no option ${quoted(option)}.` : fieldProblem(field, value);
}

function kindOf(name: unknown): LayerKind | undefined {
  return LAYER_KINDS.find((kind) => kind === name);
}

function repeatedIds(layers: readonly LayerSpec[]): readonly string[] {
  const ids = layers.map(({ id }) => id);
  const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...repeated].map((id) => `Two layers have the id ${quoted(id)}; each needs one of its own.`);
}

/** A value as it was written, shortened: text from outside may be of any length. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'none';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
