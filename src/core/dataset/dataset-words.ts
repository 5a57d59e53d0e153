import { makeup } from './sample-words.ts';
import type { DatasetSpec, Licence } from './spec.ts';

/** What the licence of the user's own files is called; the second is what it was called before. */
const UNKNOWN: readonly string[] = ['not known', 'your own'];

/** What a data set is, in sentences made of its description alone. */
export function datasetWords({ samples, words, licence, citation }: DatasetSpec): string {
  return `each ${words.sample.one} is ${makeup(samples)}. ${citation} ${licenceWords(licence)}`;
}

function licenceWords({ name, holder }: Licence): string {
  return UNKNOWN.includes(name)
    ? 'No licence of it is known here: before you show it to others or pass it on, ask whoever made it, and the people it shows or tells of.'
    : `Licence: ${name}, ${holder}.`;
}
