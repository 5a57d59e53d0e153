import type { LayerKind } from '../network/layers/registry.ts';
import { INPUT_ID } from '../network/network.ts';
import { type ParsedNetwork, parseNetwork } from '../network/network-text.ts';
import { type KerasLayer, kerasLayersOf } from './keras-json.ts';
import { readLayer } from './keras-options.ts';

/** A layer as the text of the builder has it. */
type Entry = Readonly<Record<string, unknown>> & { readonly kind: LayerKind; readonly id: string };

/**
 * The network of Keras' `config.json` or of `model.json` of tfjs, without weights; its problems name what the builder does not
 * have. Null where a text is neither. Every option goes through the same checks as that of the builder's own text.
 */
export function networkOfKeras(text: string): ParsedNetwork | null {
  const layers = kerasLayersOf(text);
  if (layers === null) return null;
  if ('problem' in layers) return { problems: [layers.problem] };
  const list = new BuilderList();
  const problems = layers.flatMap((layer) => list.add(layer) ?? []);
  return problems.length > 0 ? { problems } : parseNetwork(JSON.stringify({ layers: list.entries }));
}

/** The layers one behind the other; where one does not take the one above, a Branch names what it takes. */
class BuilderList {
  readonly entries: Entry[] = [];
  /** The id of what has the output of a layer of Keras, by the name of that. */
  readonly #outputs = new Map<string, string>();
  #above = INPUT_ID;

  /** Adds a layer; gives a sentence where that cannot be. */
  add({ className, name, config, sources }: KerasLayer): string | null {
    if (className === 'InputLayer') {
      if (this.#outputs.size > 0) return `${name}: the builder has one Input only.`;
      this.#outputs.set(name, INPUT_ID);
      return null;
    }
    const read = readLayer(className, config);
    if ('lacks' in read) return `${name}: the builder has no ${read.lacks}.`;
    const taken = sources === null ? [this.#above] : sources.map((source) => this.#outputs.get(source));
    const [first, second, ...more] = taken;
    if (taken.includes(undefined) || first === undefined) return `${name}: what it takes is not there before it.`;
    const joins = read.kind === 'add' || read.kind === 'concatenate';
    if (more.length > 0 || (second !== undefined) !== joins)
      return `${name}: the builder has no ${className} of ${taken.length} inputs.`;
    const isSwapped = read.kind === 'add' && second === this.#above;
    const [above, from] = isSwapped ? [second, first] : [first, second];
    if (above !== this.#above) this.#push('branch', { from: above });
    this.#push(read.kind, { ...read.options, ...(from !== undefined && { from }) });
    this.#outputs.set(name, this.#above);
    return null;
  }

  #push(kind: LayerKind, options: Readonly<Record<string, unknown>>): void {
    const id = `${kind}-${this.entries.filter((entry) => entry.kind === kind).length + 1}`;
    this.entries.push({ ...options, kind, id });
    this.#above = id;
  }
}
