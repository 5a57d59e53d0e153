import { ENGINES } from './options.mjs';
import { distanceOf, faultsOf, limitOf, scientific } from './verdicts.mjs';

/** @typedef {import('./in-browser.mjs').ParityResult} ParityResult */
/** @typedef {import('./options.mjs').EngineId} EngineId */
/** @typedef {import('./verdicts.mjs').Outcome} Outcome */

/**
 * A case once everybody has trained it.
 * @typedef {object} Compared
 * @property {import('./verdicts.mjs').Row} row
 * @property {readonly string[]} devices who computed, and where
 * @property {import('./in-pytorch.mjs').TorchCourses} torch
 * @property {Readonly<Record<string, ParityResult>>} results by engine
 * @property {Readonly<Record<string, number>>} seconds by engine
 */

/**
 * Trains a case with engines of the app, one after the other, and compares their losses with those of PyTorch in float64.
 * @param {import('./prepare.mjs').CaseAbout} about
 * @param {readonly EngineId[]} engines
 * @param {import('./in-browser.mjs').Trainers} trainers
 * @param {import('./in-pytorch.mjs').TorchCourses | undefined} torch
 * @returns {Promise<Compared>}
 */
export async function compareCase({ id, title, limit, isSmall }, engines, trainers, torch) {
  if (torch === undefined) throw new Error(`PyTorch has not trained ${id}.`);
  /** @type {Record<string, Outcome>} */
  const outcomes = {};
  /** @type {Record<string, ParityResult>} */
  const results = {};
  /** @type {Record<string, number>} */
  const seconds = {};
  // The plain backend of tfjs takes minutes for a convolutional network.
  for (const engine of engines.filter((one) => isSmall || ENGINES[one].backend !== 'cpu')) {
    try {
      const started = performance.now();
      const result = await trainers.train(engine, id);
      seconds[engine] = Math.round(performance.now() - started) / 1000;
      if (result.losses.length === 0) continue;
      results[engine] = result;
      outcomes[engine] = { distance: distanceTo(torch.float64, result), isRecorded: result.isRecorded };
    } catch (error) {
      outcomes[engine] = { error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
    }
  }
  const own = distanceOf(torch.float32.losses, torch.float64.losses);
  const devices = Object.entries(results).map(([engine, { device }]) => `${engine}: ${device}`);
  return { row: { id, title, limit: limitOf(limit, own), torch: own, outcomes }, devices, torch, results, seconds };
}

/**
 * The largest distance of the losses of steps, and of the loss of the answers at the end where these were asked.
 * @param {import('./in-pytorch.mjs').Course} reference
 * @param {ParityResult} result
 * @returns {number}
 */
function distanceTo(reference, { losses, answered }) {
  const steps = distanceOf(losses, reference.losses);
  return answered === null ? steps : Math.max(steps, distanceOf([answered], [reference.answered]));
}

/**
 * @param {Compared} compared
 * @returns {string} a line that says what came of a case.
 */
export function progressOf({ row, seconds }) {
  const cells = Object.entries(row.outcomes).map(
    ([engine, outcome]) =>
      `${engine} ${'error' in outcome ? 'failed' : scientific(outcome.distance)} in ${Math.round(seconds[engine] ?? 0)} s`,
  );
  const verdict = faultsOf(row).length === 0 ? 'within' : 'TOO FAR';
  return `${verdict} ${scientific(row.limit)}  ${row.title}: PyTorch float32 ${scientific(row.torch)}, ${cells.join(', ')}`;
}
