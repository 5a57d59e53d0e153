const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** A count as sentences have it: a word up to twelve, digits beyond. */
export function countWord(count: number): string {
  return WORDS[count] ?? count.toLocaleString('en-US');
}

/** A text with a capital letter in front. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
