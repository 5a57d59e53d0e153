import { TOOLS } from '../exports/in-tool.mjs';
import { covers, fullSetup } from './plan.mjs';

/** @typedef {import('./experiments.mjs').Experiment} Experiment */

/** The longest that the app itself may have taken for an experiment whose programs are run, in seconds. */
const MOST_SECONDS = 300;

/**
 * @typedef {object} PlannedProgram
 * @property {Experiment} experiment
 * @property {import('../exports/in-tool.mjs').Tool} tool
 * @property {import('../../src/core/training/setup.ts').Setup} setup
 */

/**
 * The programs that are still to be run beside the app: of every experiment that the app has trained in full, in a few minutes.
 *
 * @param {readonly Experiment[]} experiments
 * @param {readonly import('../../src/core/network/presets/preset.ts').Preset[]} presets
 * @param {import('./results.mjs').Results} results
 * @param {import('./results.mjs').BesideResults} beside
 * @returns {readonly PlannedProgram[]} quick ones first
 */
export function plannedPrograms(experiments, presets, results, beside) {
  const found = experiments.flatMap((experiment) => {
    const setup = fullSetup(experiment, presets);
    const inFull = Object.values(results[experiment.id] ?? {}).filter(
      (result) => setup !== null && covers(result, setup.recipe),
    );
    const seconds = Math.min(...inFull.map((result) => result.seconds));
    if (setup === null || seconds > MOST_SECONDS) return [];
    const tools = TOOLS.filter((tool) => beside[experiment.id]?.[tool] === undefined);
    return tools.map((tool) => ({ experiment, tool, setup, seconds }));
  });
  return found
    .sort((a, b) => a.seconds - b.seconds)
    .map(({ experiment, tool, setup }) => ({ experiment, tool, setup }));
}
