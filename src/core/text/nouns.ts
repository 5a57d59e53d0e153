import { countText } from './number-text.ts';

/** A thing in words: `image`, `images`. */
interface Noun {
  readonly one: string;
  readonly many: string;
}

/** A noun with its article: `a row`, `an image`. By its first letter, which is right for most words. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** So many of a thing: `1 image`, `1,000 images`. */
export function countOf(count: number, { one, many }: Noun): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** Names in a row, as a sentence has them: `A`, `A and B`, `A, B and C`. */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
