// Trains the experiments of the five reports by the app's own worker in a headless browser, and writes docs/reports.md and docs/reports.json.
// What is there is not trained again; a run that was interrupted goes on from its last checkpoint.
import { writeFileSync } from 'node:fs';
import { homedir, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { trainInTool } from './exports/in-tool.mjs';
import { ensurePython } from './exports/python.mjs';
import { plannedPrograms } from './reproduce/beside.mjs';
import { EXPERIMENTS } from './reproduce/experiments.mjs';
import { reproduce } from './reproduce/page.mjs';
import { isDone, MOST_SEEDS, plannedRuns } from './reproduce/plan.mjs';
import { keepBeside, keepResult, readBeside, readResults, Unfinished } from './reproduce/results.mjs';
import { documentOf } from './reproduce/table.mjs';
import { goingOn, setupIn } from './reproduce/unfinished.mjs';
import { commitNow } from './setup/circumstances.mjs';
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
  --beside        in place of all this: run the programs that the app exports in PyTorch and Keras, of experiments that took it less than
                  five minutes
  --table         only write the page from the results that are there
  --list          only name what would be trained
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'docs/reports.json');
/** Runs of hours go on after days, with another version of the app or in another folder of it. */
const unfinished = new Unfinished(
  process.env['REPRODUCE_KEPT'] ?? join(homedir(), '.cache/fitting-room/reproduce'),
  join(root, '.cache/reproduce'),
);

/** @type {typeof import('../src/core/training/backend.ts')} */
const { BACKEND_CHOICES } = await load(root, 'src/core/training/backend.ts');
/** @type {typeof import('../src/datasets/fashion-mnist/presets/catalogue.ts')} */
const { FASHION_MNIST_PRESETS } = await load(root, 'src/datasets/fashion-mnist/presets/catalogue.ts');
/** @type {typeof import('../src/datasets/weather/presets.ts')} */
const { WEATHER_PRESETS } = await load(root, 'src/datasets/weather/presets.ts');
/** @type {typeof import('../src/app/archive/run-schema.ts')} */
const { parseCheckpoint } = await load(root, 'src/app/archive/run-schema.ts');
const PRESETS = [...FASHION_MNIST_PRESETS, ...WEATHER_PRESETS];

await runCommand(async () => {
  const options = chosenOptions(process.argv.slice(2));
  if (options.help) return console.log(USAGE);
  if (options.table) return writePage();
  const results = readResults(file);
  if (options.beside) {
    const programs = plannedPrograms(options.experiments, PRESETS, results, readBeside(file));
    if (options.list) return console.log(programs.map(({ experiment: { id }, tool }) => `${id}, ${tool}`).join('\n'));
    if (programs.length > 0) await runBeside(programs, options);
    return writePage();
  }
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
      beside: { type: 'boolean', default: false },
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
  const commit = commitNow(root);
  await withWorkerPage({ root, outDir: '.cache/reproduce-site' }, async (page, { workerUrl, baseUrl }) => {
    let key = '';
    /** @type {{ setup: object, commits: readonly string[] }} */
    let about = { setup: {}, commits: [] };
    await page.exposeFunction('keepProgress', (/** @type {import('./reproduce/page.mjs').Progress} */ progress) =>
      unfinished.write(key, { ...progress, ...about }),
    );
    for (const [i, run] of runs.entries()) {
      const { experiment, seed, setup } = run;
      key = keyOf(run);
      const secondsLeft = (end - Date.now()) / 1000;
      const { from, note } = goingOn(secondsLeft > 0 ? unfinished.read(key) : null, setup, parseCheckpoint);
      console.log([nameOf(run), note].filter(Boolean).join(', '));
      about = { setup: setupIn(setup), commits: [...new Set([...(from?.commits ?? []), commit])] };
      const dataUrl = experiment.dataset ? new URL(`../data-${experiment.dataset}/`, baseUrl).href : baseUrl;
      const task = { workerUrl, baseUrl: dataUrl, backend, setup, from, secondsLeft };
      const trained = secondsLeft > 0 ? await page.evaluate(reproduce, task) : null;
      if (trained === null) {
        console.log(`The time is up: ${runs.length - i} of ${runs.length} runs are left.`);
        return;
      }
      keepResult(file, experiment.id, seed, resultOf(trained, setup, about.commits.join(', ')));
      unfinished.drop(key);
      writePage();
      console.log(`  ${(trained.testAccuracy * 100).toFixed(2)} % of the test set`);
    }
  });
}

/**
 * @param {readonly import('./reproduce/beside.mjs').PlannedProgram[]} programs
 * @param {{ seconds: number }} options
 */
async function runBeside(programs, { seconds }) {
  const end = Date.now() + seconds * 1000;
  const python = await ensurePython(root);
  const commit = commitNow(root);
  for (const [i, { experiment, tool, setup }] of programs.entries()) {
    if (Date.now() >= end) return console.log(`The time is up: ${programs.length - i} of ${programs.length} are left.`);
    console.log(`${experiment.id}, ${tool}`);
    const started = Date.now();
    const { accuracy, version } = await trainInTool(root, python, setup, tool);
    const { epochs, trainingImages, seed } = setup.recipe;
    keepBeside(file, experiment.id, tool, {
      accuracy,
      version,
      seed,
      epochs,
      trainingImages,
      seconds: (Date.now() - started) / 1000,
      load: loadavg()[0] ?? null,
      date: new Date().toISOString().slice(0, 10),
      commit,
    });
    writePage();
    console.log(`  ${(accuracy * 100).toFixed(2)} % of the test set`);
  }
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

function writePage() {
  writeFileSync(join(root, 'docs/reports.md'), documentOf(EXPERIMENTS, PRESETS, readResults(file), readBeside(file)));
}
