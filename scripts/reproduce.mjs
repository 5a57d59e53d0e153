// Trains the experiments of the five reports by the app's own worker in a headless browser, and writes docs/reports.md and docs/reports.json.
// What is there is not trained again; a run that was interrupted goes on from its last checkpoint.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXPERIMENTS } from './reproduce/experiments.mjs';
import { reproduce } from './reproduce/page.mjs';
import { isDone, MOST_SEEDS, plannedRuns } from './reproduce/plan.mjs';
import { keepResult, readResults, Unfinished } from './reproduce/results.mjs';
import { documentOf } from './reproduce/table.mjs';
import { load } from './setup/load.mjs';
import { oneOf, readOptions, wholeNumber } from './setup/options.mjs';
import { Problem, runCommand } from './setup/problem.mjs';
import { withWorkerPage } from './setup/worker-page.mjs';

const USAGE = `npm run reproduce -- [options]

  --only ID       one experiment; several: --only ID --only ID
  --seeds N       with N seeds each, instead of as many as each experiment names
  --minutes N     stop after so many minutes; the next call goes on there
  --full          train in full what is shortened otherwise: hours without a GPU
  --backend NAME  auto (as the app chooses), webgl, webgpu, wasm or cpu
  --table         only write the page from the results that are there
  --list          only name what would be trained
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'docs/reports.json');
const unfinished = new Unfinished(join(root, '.cache/reproduce'));

/** @type {typeof import('../src/core/training/backend.ts')} */
const { BACKEND_CHOICES } = await load(root, 'src/core/training/backend.ts');
/** @type {typeof import('../src/datasets/fashion-mnist/presets/catalogue.ts')} */
const { FASHION_MNIST_PRESETS } = await load(root, 'src/datasets/fashion-mnist/presets/catalogue.ts');
/** @type {typeof import('../src/datasets/weather/presets.ts')} */
const { WEATHER_PRESETS } = await load(root, 'src/datasets/weather/presets.ts');
const PRESETS = [...FASHION_MNIST_PRESETS, ...WEATHER_PRESETS];

await runCommand(async () => {
  const options = chosenOptions(process.argv.slice(2));
  if (options.help) return console.log(USAGE);
  if (options.table) return writePage();
  const results = readResults(file);
  const runs = plannedRuns(options.experiments, PRESETS, options).filter(
    (run) => !isDone(results[run.experiment.id]?.[run.seed], run),
  );
  if (options.list) return console.log(runs.map(nameOf).join('\n'));
  if (runs.length > 0) await train(runs, options);
  writePage();
});

/** @param {string[]} args */
function chosenOptions(args) {
  const given = readOptions(
    args,
    {
      only: { type: 'string', multiple: true, default: [] },
      seeds: { type: 'string' },
      minutes: { type: 'string' },
      backend: { type: 'string', default: 'auto' },
      full: { type: 'boolean', default: false },
      table: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    USAGE,
  );
  const unknown = given.only.find((id) => !EXPERIMENTS.some((experiment) => experiment.id === id));
  if (unknown)
    throw new Problem(`There is no experiment ${unknown}. Choose from ${EXPERIMENTS.map(({ id }) => id).join(', ')}.`);
  return {
    ...given,
    experiments: EXPERIMENTS.filter(({ id }) => given.only.length === 0 || given.only.includes(id)),
    seeds: given.seeds === undefined ? null : wholeNumber(given.seeds, '--seeds', MOST_SEEDS),
    seconds: given.minutes === undefined ? Infinity : 60 * wholeNumber(given.minutes, '--minutes', 10_000),
    backend: oneOf(given.backend, BACKEND_CHOICES, '--backend'),
  };
}

/**
 * @param {readonly import('./reproduce/plan.mjs').PlannedRun[]} runs
 * @param {{ seconds: number, backend: import('../src/core/training/backend.ts').BackendChoice }} options
 */
async function train(runs, { seconds, backend }) {
  const end = Date.now() + seconds * 1000;
  const commit = commitNow();
  await withWorkerPage({ root, outDir: '.cache/reproduce-site' }, async (page, { workerUrl, baseUrl }) => {
    let key = '';
    await page.exposeFunction('keepProgress', (/** @type {import('./reproduce/page.mjs').Progress} */ progress) =>
      unfinished.write(key, progress),
    );
    for (const [i, run] of runs.entries()) {
      const { experiment, seed, setup } = run;
      key = keyOf(run);
      const secondsLeft = (end - Date.now()) / 1000;
      const from = secondsLeft > 0 ? unfinished.read(key) : null;
      console.log(`${nameOf(run)}${from ? `, from epoch ${from.epochs}` : ''}`);
      const dataUrl = experiment.dataset ? new URL(`../data-${experiment.dataset}/`, baseUrl).href : baseUrl;
      const task = { workerUrl, baseUrl: dataUrl, backend, setup, from, secondsLeft };
      const trained = secondsLeft > 0 ? await page.evaluate(reproduce, task) : null;
      if (trained === null) {
        console.log(`The time is up: ${runs.length - i} of ${runs.length} runs are left.`);
        return;
      }
      keepResult(file, experiment.id, seed, resultOf(trained, setup, commit));
      unfinished.drop(key);
      writePage();
      console.log(`  ${(trained.testAccuracy * 100).toFixed(2)} % of the test set`);
    }
  });
}

/**
 * @param {import('./reproduce/page.mjs').Trained} trained
 * @param {import('../src/core/training/setup.ts').Setup} setup
 * @param {string} commit
 * @returns {import('./reproduce/results.mjs').Result}
 */
function resultOf({ progress, ...trained }, { recipe }, commit) {
  const { seconds, epochs, trainSample, validation } = progress;
  return {
    ...trained,
    date: new Date().toISOString().slice(0, 10),
    commit,
    load: loadavg()[0] ?? null,
    epochs,
    trainingImages: recipe.trainingImages,
    seconds,
    trainAccuracy: trainSample?.accuracy ?? null,
    trainLoss: trainSample?.loss ?? null,
    validationAccuracy: validation?.accuracy ?? null,
  };
}

/** @param {import('./reproduce/plan.mjs').PlannedRun} run */
function keyOf({ experiment, seed, setup: { recipe } }) {
  return `${experiment.id}-${seed}-${recipe.epochs}x${recipe.trainingImages}`;
}

/** @param {import('./reproduce/plan.mjs').PlannedRun} run */
function nameOf({ experiment, seed, setup: { recipe } }) {
  return `${experiment.id}, seed ${seed}: ${recipe.epochs} epochs, ${recipe.trainingImages} samples`;
}

function commitNow() {
  const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'src') === '' ? '' : '+';
  return `${git('rev-parse', '--short', 'HEAD')}${changed}`;
}

function writePage() {
  writeFileSync(join(root, 'docs/reports.md'), documentOf(EXPERIMENTS, PRESETS, readResults(file)));
}
