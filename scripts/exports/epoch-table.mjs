import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {Readonly<Record<string, number>>} Accuracies of the test set, by who trained: `seed 1` and so on, `torch`, `keras` */

const HEADING = '\n## One epoch on the real data\n';

const ABOUT = `
The programs of these presets, as they are but for one epoch instead of the preset's, on all of Fashion-MNIST; the app from five
seeds. Accuracies on the 10,000 test images. \`npm run verify-exports -- --epoch\` trains what is missing here (docs/exports.json keeps
the figures) and writes this table. Programs draw other random numbers than the app: what they reach is to lie within two standard
deviations of the five.

| Preset | App: mean | Standard deviation | PyTorch | Keras |
|---|---:|---:|---:|---:|
`;

/** What stands in docs/exports.md below the table of files; empty where nothing does. */
/** @param {string} text */
export function epochsOf(text) {
  const start = text.indexOf(HEADING);
  return start < 0 ? '' : text.slice(start);
}

/**
 * Writes the accuracies into docs/exports.md, below the table of files.
 * @param {string} root the project's folder
 * @param {Readonly<Record<string, Accuracies>>} known by the titles of presets
 */
export function writeEpochs(root, known) {
  const path = join(root, 'docs/exports.md');
  const text = readFileSync(path, 'utf8');
  const files = text.slice(0, text.length - epochsOf(text).length);
  const rows = Object.entries(known).map(
    ([title, accuracies]) => `| ${[title, ...cellsOf(accuracies)].join(' | ')} |\n`,
  );
  writeFileSync(path, `${files}${HEADING}${ABOUT}${rows.join('')}`);
}

/** @param {Accuracies} accuracies */
function cellsOf(accuracies) {
  const { mean, deviation } = spreadOf(accuracies);
  const inTool = (/** @type {string} */ tool) => {
    const accuracy = accuracies[tool];
    if (accuracy === undefined) return 'not run';
    const apart = (accuracy - mean) / deviation;
    return `${percent(accuracy)} (${apart < 0 ? '−' : '+'}${Math.abs(apart).toFixed(1)} deviations)`;
  };
  return [percent(mean), `${(100 * deviation).toFixed(2)} points`, inTool('torch'), inTool('keras')];
}

/**
 * Mean and standard deviation (of a sample) of what the app reached.
 * @param {Accuracies} accuracies
 */
function spreadOf(accuracies) {
  const own = Object.entries(accuracies).flatMap(([who, accuracy]) => (who.startsWith('seed') ? [accuracy] : []));
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (own.length - 1)) };
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}
