/** @typedef {import('./experiments.mjs').Experiment} Experiment */
/** @typedef {import('../../src/core/network/presets/preset.ts').Preset} Preset */
/** @typedef {import('../../src/core/training/setup.ts').Setup} Setup */

/** The seeds of an experiment: the presets' own, and then others. */
const SEEDS = [42, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The most seeds that an experiment can be trained with. */
export const MOST_SEEDS = SEEDS.length;

/**
 * @typedef {object} PlannedRun
 * @property {Experiment} experiment
 * @property {number} seed
 * @property {Setup} setup
 */

/**
 * The recipe of an experiment as the report has it, with the preset's seed.
 *
 * @param {Experiment} experiment
 * @param {readonly Preset[]} presets
 * @returns {Setup | null} null where it cannot be run
 */
export function fullSetup({ preset: id, recipe }, presets) {
  const preset = presets.find((each) => each.id === id);
  return preset ? { dataset: preset.dataset, network: preset.network, recipe: { ...preset.recipe, ...recipe } } : null;
}

/**
 * The runs of some experiments: all with their first seed before any with its second, so that what is there when somebody stops says
 * something of each.
 *
 * @param {readonly Experiment[]} experiments
 * @param {readonly Preset[]} presets
 * @param {{ seeds: number | null, full: boolean }} options how many seeds, as many as each names where that is null; and whether what is
 *   shortened is trained in full
 * @returns {readonly PlannedRun[]}
 */
export function plannedRuns(experiments, presets, { seeds, full }) {
  return SEEDS.flatMap((seed, place) =>
    experiments.flatMap((experiment) => {
      const whole = fullSetup(experiment, presets);
      if (whole === null || place >= (seeds ?? experiment.seeds)) return [];
      const recipe = { ...whole.recipe, ...(full ? {} : experiment.short), seed };
      return [{ experiment, seed, setup: { ...whole, recipe } }];
    }),
  );
}

/**
 * What a result has to be trained with to count for a planned run.
 *
 * @param {import('./results.mjs').Result | undefined} result
 * @param {PlannedRun} run
 */
export function isDone(result, { experiment: { rule }, setup: { recipe } }) {
  return result !== undefined && covers(result, recipe) && (rule === undefined || result.thresholded !== null);
}

/**
 * Whether a result is of at least as much training as a recipe asks for.
 *
 * @param {import('./results.mjs').Result} result
 * @param {Pick<import('../../src/core/training/recipe.ts').Recipe, 'epochs' | 'trainingImages'>} recipe
 */
export function covers({ epochs, trainingImages }, recipe) {
  return epochs >= recipe.epochs && trainingImages >= recipe.trainingImages;
}
