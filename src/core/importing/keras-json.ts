import { outsideJson } from '../sharing/outside-json.ts';

/** A value out of JSON of which nothing is known. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return new Map(typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
}

/** The elements of a list; none of anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, shortened: it may come from anywhere. Null where it is none. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value.slice(0, 60) : null;
}

/** A layer of Keras as it was read. */
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Fields;
  /** The names of the layers that it takes; null where it takes the one before. */
  readonly sources: readonly string[] | null;
}

/** How many characters a text may have; a longer one is not parsed. */
const MAX_CHARACTERS = 2_000_000;

/** How many layers are read. */
const MAX_LAYERS = 400;

/** The layers of a model: Keras' `config.json`, or `model.json` of tfjs; null where a text is neither. */
export function kerasLayersOf(text: string): readonly KerasLayer[] | { readonly problem: string } | null {
  if (!/"class_name"/.test(text.slice(0, 20_000))) return null;
  if (text.length > MAX_CHARACTERS) return { problem: `The text is too long: more than ${MAX_CHARACTERS / 1e6} MB.` };
  const model = modelOf(outsideJson(text));
  if (model === null)
    return { problem: 'This is no model of Keras or TensorFlow.js: it should be Sequential or Functional.' };
  const config = model.get('config');
  // Keras 1 and 2 had the layers of a Sequential model as its whole config.
  const layers = Array.isArray(config) ? config : listOf(fieldsOf(config).get('layers'));
  if (layers.length > MAX_LAYERS)
    return { problem: `There are ${layers.length} layers: more than ${MAX_LAYERS} are not read.` };
  const isStack = model.get('class_name') === 'Sequential';
  return layers.map((layer, i) => layerOf(layer, i, isStack));
}

const MODELS: ReadonlySet<unknown> = new Set(['Sequential', 'Functional', 'Model']);

/** The model in a file: the file itself, its topology, or the config in that. */
function modelOf(value: unknown): Fields | null {
  const file = fieldsOf(value);
  const topology = fieldsOf(file.get('modelTopology'));
  const places = [file, topology, fieldsOf(topology.get('model_config'))];
  return places.find((fields) => MODELS.has(fields.get('class_name'))) ?? null;
}

function layerOf(value: unknown, index: number, isStack: boolean): KerasLayer {
  const fields = fieldsOf(value);
  const config = fieldsOf(fields.get('config'));
  return {
    className: textOf(fields.get('class_name')) ?? 'a layer without a class',
    name: textOf(fields.get('name')) ?? textOf(config.get('name')) ?? `layer ${index + 1}`,
    config,
    sources: isStack ? null : sourcesOf(fields.get('inbound_nodes')),
  };
}

/** What a layer takes: Keras 3 has tensors with a history there, Keras 2 and tfjs lists that begin with a name. */
function sourcesOf(nodes: unknown): readonly string[] {
  const first = listOf(nodes)[0];
  if (Array.isArray(first)) return first.flatMap((entry: unknown) => textOf(listOf(entry)[0]) ?? []);
  const args = listOf(fieldsOf(first).get('args'));
  const tensors = args.flatMap((arg) => (Array.isArray(arg) ? listOf(arg) : [arg]));
  return tensors.flatMap((tensor) => {
    const history = fieldsOf(fieldsOf(tensor).get('config')).get('keras_history');
    return textOf(listOf(history)[0]) ?? [];
  });
}
