import { countWord } from '../text/count-words.ts';

/** Where weights come from: a run, the network that comes with the app for a data set, or a file. */
export type WeightsSource =
  | { readonly kind: 'run'; readonly run: number }
  | { readonly kind: 'shipped' /** The title of its data set. */; readonly title: string }
  | { readonly kind: 'file'; readonly name: string };

/** Where the first weights of a run came from, and which of its layers took them, by their ids; null where that was not kept. */
export type WeightsOrigin = WeightsSource & { readonly layers: readonly string[] | null };

/** A source in words: `the weights of run 3`. */
export function sourceText(source: WeightsSource): string {
  if (source.kind === 'run') return `the weights of run ${source.run}`;
  if (source.kind === 'file') return `the weights in ${source.name}`;
  return `the weights of the network that comes with the app for ${source.title}`;
}

/** A source in few words, for a table: `the weights of run 3`. */
export function briefSourceText(source: WeightsSource): string {
  return source.kind === 'shipped' ? 'the weights of the shipped network' : sourceText(source);
}

/** An origin in words, with how many layers took its weights: `the weights of run 3, in two layers`. */
export function originText(origin: WeightsOrigin): string {
  const { layers } = origin;
  if (layers === null) return sourceText(origin);
  return `${sourceText(origin)}, in ${countWord(layers.length)} ${layers.length === 1 ? 'layer' : 'layers'}`;
}
