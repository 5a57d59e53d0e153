/**
 * @typedef {object} LongRun
 * @property {object} recipe of the default recipe, what is different
 * @property {number} runs how many runs, one after the other
 * @property {'step' | 'epoch' | 'run'} unit what the marks count
 * @property {readonly [early: number, late: number]} marks where the page is measured
 * @property {number} stretch how many of the unit before a mark are measured
 * @property {number} [warmUp] how far a run goes that is dropped before, so that the browser has compiled the page's code
 */

/** The smallest network on few images, a sample a step: its steps are quick, and the page hears of them as of any others. */
const SMALL = { learningRate: 0.0003, validationSplit: 0.2, batchSize: 1 };

/** What is long about each: one run of 100,000 steps, one of 1,000 epochs, and 60 runs of 2,000 steps. */
export const LONG_RUNS = /** @satisfies {Record<string, LongRun>} */ ({
  steps: {
    recipe: { ...SMALL, trainingImages: 2500, epochs: 51 },
    runs: 1,
    unit: 'step',
    marks: [10_000, 100_000],
    stretch: 8000,
    warmUp: 100_000,
  },
  // The end of a run is work of its own: the last mark is before it.
  epochs: {
    recipe: { ...SMALL, trainingImages: 500, batchSize: 4, epochs: 1000 },
    runs: 1,
    unit: 'epoch',
    marks: [100, 950],
    stretch: 90,
    warmUp: 500,
  },
  runs: {
    recipe: { ...SMALL, trainingImages: 2500, epochs: 1 },
    runs: 60,
    unit: 'run',
    marks: [6, 60],
    stretch: 4,
  },
});

/**
 * The draft to begin with, as the page keeps it from one visit to the next.
 *
 * @param {LongRun} longRun
 */
export function keptDraft({ recipe }) {
  const output = { kind: 'dense', id: 'output', units: 10, activation: 'softmax' };
  const network = JSON.stringify({ layers: [{ kind: 'flatten', id: 'flatten' }, output] });
  return JSON.stringify({ dataset: 'fashion-mnist', network, recipe, presetId: '' });
}
