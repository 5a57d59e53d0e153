import type { FoundFile } from '../../protocol/reading/reading.ts';

/** What a data set of files might be called: as the folder around them, or else as the only file. */
export function titleOf(files: readonly FoundFile<File>[], folder: string | null): string {
  const [first] = files;
  const file = files.length === 1 && first !== undefined ? (first.path.split('/').at(-1) ?? '') : '';
  const name = folder ?? file.replace(/\.(zip|csv|tsv|txt|gz)$/i, '');
  const words = name.replace(/[_\s]+/g, ' ').trim();
  return words === '' ? 'My data' : (words[0] ?? '').toUpperCase() + words.slice(1, 60);
}
