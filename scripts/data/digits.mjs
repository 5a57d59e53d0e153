import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { load } from '../setup/load.mjs';
import { fileOfPypi } from './packages.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The darkest value in the file. */
const LEVELS = 16;

const PIXELS = 64;

/**
 * Handwritten digits as scikit-learn ships them, with 255 for its 16 levels, so that a drawing can be one. A fifth of each kind is
 * set aside to test on.
 * @returns {Promise<import('./description.mjs').Source>}
 */
export async function digits() {
  const bytes = fileOfPypi(
    'scikit-learn==1.9.1',
    'sklearn/datasets/data/digits.csv.gz',
    '09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22',
  );
  const rows = gunzipSync(bytes)
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  const [{ DIGITS }, { stratifiedSplit }] = await Promise.all([
    load(ROOT, 'src/datasets/digits/spec.ts'),
    load(ROOT, 'src/dataset/reading/stratified.ts'),
  ]);
  const { splits: _, ...description } = DIGITS;
  const labels = Uint8Array.from(rows, (row) => row[PIXELS] ?? 0);
  const parts = stratifiedSplit(labels, DIGITS.classes.length, 0.2, 42);
  /** @param {Uint32Array} positions */
  const part = (positions) => ({
    labels: Uint8Array.from(positions, (position) => labels[position] ?? 0),
    values: Uint8Array.from(
      [...positions].flatMap((position) => (rows[position] ?? []).slice(0, PIXELS)),
      (level) => Math.round((level * 255) / LEVELS),
    ),
    shape: [8, 8],
  });
  return { description, splits: { train: part(parts.train), test: part(parts.test) }, licence: null };
}
