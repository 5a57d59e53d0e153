import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @typedef {import('../../tests/parity/job.ts').ParityResult} ParityResult */
/** @typedef {ParityResult & { seconds: number }} KeptResult `seconds`: that the training took */

/**
 * What a training came to before, under the same circumstances; null where it has not been trained.
 * @param {string} file
 * @param {string} digest of all that the result depends on
 * @returns {KeptResult | null}
 */
export function keptIn(file, digest) {
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  return before?.digest === digest ? revived(before.result) : null;
}

/**
 * What a training comes to; from a file where it was trained before under the same circumstances.
 * @param {string} file
 * @param {string} digest of all that the result depends on
 * @param {() => Promise<ParityResult>} train
 * @returns {Promise<KeptResult>}
 */
export async function kept(file, digest, train) {
  const before = keptIn(file, digest);
  if (before !== null) return before;
  const started = performance.now();
  const trained = await train();
  const result = { ...trained, seconds: Math.round(performance.now() - started) / 1000 };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ digest, result }));
  return result;
}

/**
 * JSON has null for a loss that is no number.
 * @param {{ losses: (number | null)[] } & Omit<KeptResult, 'losses'>} result
 * @returns {KeptResult}
 */
function revived({ losses, ...result }) {
  return { ...result, losses: losses.map((loss) => loss ?? Number.NaN) };
}
