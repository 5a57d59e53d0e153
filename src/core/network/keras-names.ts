import { definitionOf, type LayerSpec, traitsOf } from './layers/registry.ts';

/** The class of a layer in Keras. */
export function kerasClass(spec: LayerSpec): string {
  return 'bidirectional' in spec && spec.bidirectional ? 'Bidirectional' : definitionOf(spec.kind).title;
}

/** Whether a layer is none in Keras, but a second use of the tensor that it names. */
export function isAlias(spec: LayerSpec): boolean {
  return traitsOf(spec).inputs === 'named';
}

/** The names that Keras gives to layers in this order: `conv2d`, `conv2d_1`, `max_pooling2d`. */
export function kerasNames(layers: readonly LayerSpec[]): readonly string[] {
  const seen = new Map<string, number>();
  return layers.map((spec) => {
    const name = snakeCase(kerasClass(spec));
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

/** The name of a class as Keras turns it into that of a layer. */
export function snakeCase(title: string): string {
  const parted = title.replace(/(.)([A-Z][a-z]+)/g, '$1_$2');
  return parted.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}
