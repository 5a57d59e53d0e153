import { TOOLS } from '../exports/in-tool.mjs';
import { covers, fullSetup } from './plan.mjs';

/** @typedef {import('./experiments.mjs').Experiment} Experiment */
/** @typedef {import('./results.mjs').Result} Result */
/** @typedef {import('../../src/core/network/presets/preset.ts').Preset} Preset */

const HEAD = `# The reports, repeated

What the five reports say, beside what their recipes come to when the app's own worker trains them. \`npm run reproduce\` trains whatever is
missing and writes this page; it can be stopped at any time and goes on where it was. \`npm run reproduce -- --help\` has its options.

- **Here** is the accuracy on all 10,000 test images after the last epoch by the largest output, as the mean ± standard deviation over the seeds.
- **Validation** is the accuracy on the images that were held back, or on the test set where the report validates on it. The app's own recipes
  were chosen by it, never by the test result.
- **Recall above 0.5** is by the rule of Malca and Sitalkil: an image counts as found only where the output of its class is above one half.
- **in full**: the whole recipe, as far as the report states it, whether or not the figures agree. **shortened**: fewer epochs or images, which the
  column Epochs says; such a figure repeats nothing. **carried over**: on other data than the report's. **not run**: the reason stands below.
- **PyTorch** and **Keras** are what the programs come to that the app exports for the same recipe, run as they are, with the first seed: of
  experiments that take the app less than five minutes (\`npm run reproduce -- --beside\`). They draw other random numbers than the app, so that a
  difference as large as that between seeds says nothing.
- **Minutes** are those of one run, on average, on the machine below. What else it did meanwhile is in its load.
`;

/**
 * The document of all results so far.
 *
 * @param {readonly Experiment[]} experiments
 * @param {readonly Preset[]} presets
 * @param {import('./results.mjs').Results} results
 * @param {import('./results.mjs').BesideResults} beside
 * @returns {string} Markdown
 */
export function documentOf(experiments, presets, results, beside = {}) {
  const sources = [...new Set(experiments.map(({ source }) => source))];
  const sections = sources.map((source) => {
    const own = experiments.filter((experiment) => experiment.source === source);
    const rows = own.map((experiment) => rowOf(experiment, presets, results, beside));
    const reasons = own.map((experiment) => `- ${experiment.what}: ${reasonOf(experiment, presets, results)}`);
    return `## ${source}\n\n${table(HEADS, rows)}\n\n${reasons.join('\n')}\n`;
  });
  const runs = experiments.flatMap(({ id }) =>
    Object.entries(results[id] ?? {}).map(([seed, result]) => runRow(id, seed, result)),
  );
  const programs = experiments.flatMap(({ id }) =>
    TOOLS.flatMap((tool) => {
      const result = beside[id]?.[tool];
      return result ? [programRow(id, tool, result)] : [];
    }),
  );
  const inTools = programs.length > 0 ? [`## In PyTorch and Keras\n\n${table(PROGRAM_HEADS, programs)}\n`] : [];
  return `${[HEAD, ...sections, `## Every run\n\n${table(RUN_HEADS, runs)}\n`, ...inTools].join('\n')}`;
}

const TITLES = { torch: 'PyTorch', keras: 'Keras' };

const PROGRAM_HEADS = ['Experiment', 'Seed', 'In', 'Test', 'Epochs', 'Images', 'Minutes', 'Load', 'Date', 'Commit'];

/**
 * @param {string} id
 * @param {import('../exports/in-tool.mjs').Tool} tool
 * @param {import('./results.mjs').BesideResult} result
 */
function programRow(id, tool, { seed, version, accuracy, epochs, trainingImages, seconds, load, date, commit }) {
  return [
    id,
    String(seed),
    `${TITLES[tool]} ${version}`,
    percent(accuracy),
    String(epochs),
    thousands(trainingImages),
    (seconds / 60).toFixed(1),
    load === null ? 'not noted' : load.toFixed(1),
    date,
    commit,
  ];
}

/**
 * Why the figures differ; of what was not trained, or not in full, why not and how it can be.
 *
 * @param {Experiment} experiment
 * @param {readonly Preset[]} presets
 * @param {import('./results.mjs').Results} results
 */
function reasonOf({ id, why, costs, ...experiment }, presets, results) {
  const full = fullSetup({ id, why, ...experiment }, presets)?.recipe;
  if (full === undefined) return `**not run.** ${why}`;
  const [first] = ofMostTraining(Object.values(results[id] ?? {}));
  const command = `\`npm run reproduce -- --only ${id}`;
  const cost = costs ? ` ${costs}` : '';
  if (first === undefined)
    return `**not run yet.**${cost} ${command}\` trains it${costs ? ', with `--full` in full' : ''}. ${why}`;
  return covers(first, full) ? why : `**shortened.**${cost} ${command} --full\` trains it in full. ${why}`;
}

const HEADS = [
  'Experiment',
  'The report',
  'Here',
  'Validation',
  'PyTorch',
  'Keras',
  'Recall above 0.5',
  'Seeds',
  'Epochs',
  'Minutes',
  '',
];

/**
 * @param {Experiment} experiment
 * @param {readonly Preset[]} presets
 * @param {import('./results.mjs').Results} all
 * @param {import('./results.mjs').BesideResults} beside
 */
function rowOf(experiment, presets, all, beside) {
  const { id, what, claim, rule, finds } = experiment;
  const full = fullSetup(experiment, presets)?.recipe;
  const results = ofMostTraining(Object.values(all[id] ?? {}));
  const [first] = results;
  const inTools = TOOLS.map((tool) => percent(beside[id]?.[tool]?.accuracy ?? null));
  if (first === undefined || full === undefined)
    return [what, claim, '–', '–', ...inTools, '–', '–', '–', '–', full ? '**not run yet**' : '**not run**'];
  const mirrored = results.flatMap(({ mirroredAccuracy }) => mirroredAccuracy ?? []);
  const validations = results.flatMap(({ validationAccuracy }) => validationAccuracy ?? []);
  const ofClass = finds ? results.flatMap(({ recalls: each }) => each?.[finds.label] ?? []) : [];
  const recalls = results.flatMap(({ thresholded }) => (thresholded ? [thresholded.recall] : []));
  return [
    what,
    claim,
    [
      percents(results.map(({ testAccuracy }) => testAccuracy)),
      ...(mirrored.length > 0 ? [`with mirror images ${percents(mirrored)}`] : []),
      ...(finds && ofClass.length > 0 ? [`${finds.name}: recall ${spread(ofClass, 2)}`] : []),
    ].join('; '),
    validations.length > 0 ? percents(validations) : '–',
    ...inTools,
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

/** @param {readonly number[]} shares */
function percents(shares) {
  return spread(
    shares.map((share) => share * 100),
    2,
    ' %',
  );
}

/** @param {number | null} share */
function percent(share) {
  return share === null ? '–' : `${(share * 100).toFixed(2)} %`;
}

/** @param {number} count */
function thousands(count) {
  return count.toLocaleString('en-GB');
}
