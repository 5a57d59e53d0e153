import { covers, fullSetup } from './plan.mjs';

/** @typedef {import('./experiments.mjs').Experiment} Experiment */
/** @typedef {import('./results.mjs').Result} Result */
/** @typedef {import('../../src/core/network/presets/preset.ts').Preset} Preset */

const HEAD = `# The reports, repeated

What the five reports say, beside what their recipes come to when the app's own worker trains them. \`npm run reproduce\` trains whatever is
missing and writes this page; it can be stopped at any time and goes on where it was. \`npm run reproduce -- --help\` has its options.

- **Here** is the accuracy on all 10,000 test images after the last epoch by the largest output, as the mean ± standard deviation over the seeds.
- **Recall above 0.5** is by the rule of Malca and Sitalkil: an image counts as found only where the output of its class is above one half.
- **in full**: the whole recipe, as far as the report states it, whether or not the figures agree. **shortened**: fewer epochs or images, which the
  column Epochs says; such a figure repeats nothing. **carried over**: on other data than the report's. **not run**: the reason stands below.
- **Minutes** are those of one run, on average, on the machine below. What else it did meanwhile is in its load.
`;

/**
 * The document of all results so far.
 *
 * @param {readonly Experiment[]} experiments
 * @param {readonly Preset[]} presets
 * @param {import('./results.mjs').Results} results
 * @returns {string} Markdown
 */
export function documentOf(experiments, presets, results) {
  const sources = [...new Set(experiments.map(({ source }) => source))];
  const sections = sources.map((source) => {
    const own = experiments.filter((experiment) => experiment.source === source);
    const rows = own.map((experiment) => rowOf(experiment, presets, Object.values(results[experiment.id] ?? {})));
    const reasons = own.map(({ what, why }) => `- ${what}: ${why}`);
    return `## ${source}\n\n${table(HEADS, rows)}\n\n${reasons.join('\n')}\n`;
  });
  const runs = experiments.flatMap(({ id }) =>
    Object.entries(results[id] ?? {}).map(([seed, result]) => runRow(id, seed, result)),
  );
  return `${[HEAD, ...sections, `## Every run\n\n${table(RUN_HEADS, runs)}\n`].join('\n')}`;
}

const HEADS = ['Experiment', 'The report', 'Here', 'Recall above 0.5', 'Seeds', 'Epochs', 'Minutes', ''];

/**
 * @param {Experiment} experiment
 * @param {readonly Preset[]} presets
 * @param {readonly Result[]} found
 */
function rowOf(experiment, presets, found) {
  const { what, claim, rule, finds } = experiment;
  const full = fullSetup(experiment, presets)?.recipe;
  const results = ofMostTraining(found);
  const [first] = results;
  if (first === undefined || full === undefined) return [what, claim, '–', '–', '–', '–', '–', '**not run**'];
  const ofClass = finds ? results.flatMap(({ recalls: each }) => each?.[finds.label] ?? []) : [];
  const recalls = results.flatMap(({ thresholded }) => (thresholded ? [thresholded.recall] : []));
  return [
    what,
    claim,
    [
      spread(
        results.map(({ testAccuracy }) => testAccuracy * 100),
        2,
        ' %',
      ),
      ...(finds && ofClass.length > 0 ? [`${finds.name}: recall ${spread(ofClass, 2)}`] : []),
    ].join('; '),
    rule === undefined || recalls.length === 0 ? '–' : spread(recalls, 3),
    String(results.length),
    epochsText(first, full),
    (mean(results.map(({ seconds }) => seconds)) / 60).toFixed(1),
    stateOf(experiment, first, full),
  ];
}

/**
 * Results of one length are compared with each other only: the longest trainings.
 *
 * @param {readonly Result[]} results
 */
function ofMostTraining(results) {
  const amount = (/** @type {Result} */ { epochs, trainingImages }) => epochs * trainingImages;
  const most = Math.max(...results.map(amount));
  return results.filter((result) => amount(result) === most);
}

/**
 * @param {Experiment} experiment
 * @param {Result} result
 * @param {import('../../src/core/training/recipe.ts').Recipe} full
 */
function stateOf({ other }, result, full) {
  const shortened = covers(result, full) ? [] : ['shortened'];
  if (other !== undefined) return [`carried over (${other})`, ...shortened].join(', ');
  return shortened[0] ?? 'in full';
}

/**
 * @param {Result} result
 * @param {import('../../src/core/training/recipe.ts').Recipe} full
 */
function epochsText(result, full) {
  if (covers(result, full)) return String(result.epochs);
  const images = result.trainingImages < full.trainingImages ? ` on ${thousands(result.trainingImages)} images` : '';
  return `${result.epochs} of ${full.epochs}${images}`;
}

const RUN_HEADS = [
  'Experiment',
  'Seed',
  'Test',
  'Test loss',
  'Validation',
  'Training',
  'Training loss',
  'Epochs',
  'Images',
  'Minutes',
  'By',
  'Load',
  'Date',
  'Commit',
];

/**
 * @param {string} id
 * @param {string} seed
 * @param {Result} result
 */
function runRow(id, seed, result) {
  const { testAccuracy, testLoss, validationAccuracy, trainAccuracy, trainLoss, epochs, trainingImages } = result;
  return [
    id,
    seed,
    percent(testAccuracy),
    testLoss.toFixed(3),
    percent(validationAccuracy),
    percent(trainAccuracy),
    trainLoss === null ? '–' : trainLoss.toFixed(3),
    String(epochs),
    thousands(trainingImages),
    (result.seconds / 60).toFixed(1),
    [result.backend, result.device].filter(Boolean).join(', '),
    result.load === null ? 'not noted' : result.load.toFixed(1),
    result.date,
    result.commit,
  ];
}

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
function table(heads, rows) {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * `90.29 ± 0.12 %`, with the standard deviation of a sample; without it where there is one value.
 *
 * @param {readonly number[]} values
 * @param {number} digits
 */
function spread(values, digits, unit = '') {
  const middle = mean(values);
  if (values.length === 1) return `${middle.toFixed(digits)}${unit}`;
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return `${middle.toFixed(digits)} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(digits)}${unit}`;
}

/** @param {number | null} share */
function percent(share) {
  return share === null ? '–' : `${(share * 100).toFixed(2)} %`;
}

/** @param {number} count */
function thousands(count) {
  return count.toLocaleString('en-GB');
}
