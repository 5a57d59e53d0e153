import { ENGINES, stepsOf } from './options.mjs';
import { distanceOf, faultsOf, scientific, spreadOf } from './verdicts.mjs';

/** @typedef {import('./kept.mjs').KeptResult} KeptResult */
/** @typedef {import('./in-pytorch.mjs').TorchCourses} TorchCourses */
/** @typedef {import('./options.mjs').EngineId} EngineId */
/** @typedef {import('./verdicts.mjs').Outcome} Outcome */
/** @typedef {import('./verdicts.mjs').Row} Row */

/**
 * A case once everybody has trained it.
 * @typedef {object} Compared
 * @property {readonly Row[]} rows one for each span
 * @property {readonly string[]} devices who computed, and where
 * @property {readonly TorchCourses[]} torch by seed
 * @property {Readonly<Record<string, Trained>>} trained by engine
 */

/**
 * What an engine came to, by seed; the reason where it failed.
 * @typedef {{ results: readonly KeptResult[] } | { error: string }} Trained
 */

/**
 * Trains a case with engines of the app, one after the other, and compares their losses with those of PyTorch in float64.
 * @param {import('./prepare.mjs').CaseAbout} about
 * @param {object} options
 * @param {readonly EngineId[]} options.engines
 * @param {import('../bench/options.mjs').Renderer} options.renderer
 * @param {(engine: EngineId, seed: number, steps: number) => Promise<KeptResult | null>} options.train null leaves the engine out
 * @param {readonly TorchCourses[]} options.torch by seed
 * @returns {Promise<Compared>}
 */
export async function compareCase(about, { engines, renderer, train, torch }) {
  const { isSmall, seeds, spans } = about;
  /** @type {Record<string, Trained>} */
  const trained = {};
  // The plain backend of tfjs takes minutes for a convolutional network.
  for (const engine of engines.filter((one) => isSmall || ENGINES[one].backend !== 'cpu')) {
    const steps = stepsOf({ engine, renderer, isSmall, spans });
    try {
      /** @type {KeptResult[]} */
      const results = [];
      for (const seed of seeds) {
        const result = await train(engine, seed, steps);
        if (result === null || result.losses.length === 0) break;
        results.push(result);
      }
      if (results.length === seeds.length) trained[engine] = { results };
    } catch (error) {
      trained[engine] = { error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
    }
  }
  const devices = Object.entries(trained).flatMap(([engine, each]) =>
    'error' in each ? [] : each.results.map(({ device }) => `${engine}: ${device}`),
  );
  return { rows: spans.map((span) => rowOf(about, span, torch, trained)), devices, torch, trained };
}

/**
 * A case in its first steps.
 * @param {import('./prepare.mjs').CaseAbout} about
 * @param {number} span how many steps
 * @param {readonly TorchCourses[]} torch by seed
 * @param {Readonly<Record<string, Trained>>} trained by engine
 * @returns {Row}
 */
function rowOf({ id, title, limit, spans }, span, torch, trained) {
  const own = (/** @type {number} */ steps) =>
    torch.map(({ float32, float64 }) => distanceOf(float32.losses.slice(0, steps), float64.losses.slice(0, steps)));
  /** @type {Record<string, Outcome>} */
  const outcomes = {};
  for (const [engine, each] of Object.entries(trained)) {
    if ('error' in each) {
      outcomes[engine] = each;
      continue;
    }
    const taken = Math.min(...each.results.map(({ losses }) => losses.length));
    // Who took fewer steps than the span stands in the row of the first span only.
    if (taken < span && span !== Math.min(...spans)) continue;
    const steps = Math.min(taken, span);
    outcomes[engine] = {
      steps,
      distances: torch.map(({ float64 }, i) => distanceTo(float64, each.results[i], steps)),
      torch: own(steps),
      isRecorded: each.results.every(({ isRecorded }) => isRecorded),
    };
  }
  return { id, title, limit, steps: span, torch: own(span), outcomes };
}

/**
 * The largest distance of the losses of the first steps, and of the loss of the answers at the end where these were asked.
 * @param {import('./in-pytorch.mjs').Course} reference
 * @param {KeptResult | undefined} result
 * @param {number} steps
 * @returns {number}
 */
function distanceTo(reference, result, steps) {
  if (result === undefined) return Number.POSITIVE_INFINITY;
  const apart = distanceOf(result.losses.slice(0, steps), reference.losses.slice(0, steps));
  const isWhole = steps === reference.losses.length;
  return isWhole && result.answered !== null
    ? Math.max(apart, distanceOf([result.answered], [reference.answered]))
    : apart;
}

/**
 * @param {Compared} compared
 * @returns {string} what came of a case: a line for each span.
 */
export function progressOf({ rows, trained }) {
  const seconds = (/** @type {string} */ engine) => {
    const each = trained[engine];
    return each === undefined || 'error' in each ? 0 : each.results.reduce((sum, result) => sum + result.seconds, 0);
  };
  return rows
    .map((row) => {
      const cells = Object.entries(row.outcomes).map(
        ([engine, outcome]) =>
          `${engine} ${'error' in outcome ? 'failed' : scientific(spreadOf(outcome.distances).median)} in ${Math.round(seconds(engine))} s`,
      );
      const verdict = faultsOf(row).length === 0 ? 'within' : 'TOO FAR';
      const torch = scientific(spreadOf(row.torch).median);
      return `${verdict}  ${row.title}, ${row.steps} steps: PyTorch float32 ${torch}, ${cells.join(', ')}`;
    })
    .join('\n');
}
