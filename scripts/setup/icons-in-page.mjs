import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts the interface icons into the page, where `Icon.tsx` finds each by its name: there they are no part of the script, and are
 * drawn with the first paint.
 *
 * @param {{ folder: string }} options where the SVG files are, each with its icons as symbols
 * @returns {import('vite').Plugin}
 */
export function iconsInPage({ folder }) {
  return {
    name: 'icons-in-page',
    transformIndexHtml: () => [
      {
        tag: 'svg',
        attrs: { width: '0', height: '0', class: 'icon-shapes', 'aria-hidden': 'true' },
        children: symbolsIn(folder).join(''),
        injectTo: 'body',
      },
    ],
  };
}

/**
 * Every icon in the files of a folder, as an SVG symbol whose id is `i-` and its name.
 *
 * @param {string} folder
 * @returns {readonly string[]}
 */
export function symbolsIn(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.svg'));
  return files.flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/<symbol .*?<\/symbol>/gs) ?? []);
}
