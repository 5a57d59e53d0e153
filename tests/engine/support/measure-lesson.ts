import type { DatasetSpec } from '../../../src/core/dataset/spec.ts';
import type { MeasuredRun } from '../../../src/core/lessons/figures.ts';
import type { LessonRun } from '../../../src/core/lessons/lesson.ts';
import type { Setup } from '../../../src/core/training/setup.ts';
import { SHIPPED_DATASETS } from '../../../src/datasets/all-datasets.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { type TrainedSetup, trainSetup } from './train-setup.ts';
import { startEngine, UNHEARD } from './training.ts';

const engine = await startEngine('wasm');
let opened = FASHION_MNIST.id;
/** Runs that were trained before, by what they train. */
const trained = new Map<string, Promise<MeasuredLessonRun>>();

/** A run of a lesson as it ended, with its weights. */
type MeasuredLessonRun = MeasuredRun & Pick<TrainedSetup, 'trained'>;

/** Trains a run of a lesson, or takes it where another lesson or size has trained the same. */
export async function measureRun(
  { setup, from }: LessonRun,
  runs: readonly LessonRun[],
  judgesTest: boolean,
): Promise<MeasuredLessonRun> {
  const source = runs.find(({ id }) => id === from);
  const before = source && (await measureRun(source, runs, judgesTest)).trained;
  const key = JSON.stringify([setup.dataset.id, setup.network, setup.recipe, judgesTest, source?.setup]);
  const known = trained.get(key) ?? measured(setup, judgesTest, before);
  trained.set(key, known);
  return known;
}

async function measured(
  setup: Setup,
  judgesTest: boolean,
  from: TrainedSetup['trained'] | undefined,
): Promise<MeasuredLessonRun> {
  const began = performance.now();
  const run = await trainSetup(await engineOf(setup.dataset), setup, { judgesTest, from });
  return { ...run, answers: run.epochs.at(-1)?.validation, seconds: (performance.now() - began) / 1000 };
}

/** One engine for all data sets: lessons of one follow each other. */
async function engineOf({ id }: DatasetSpec): Promise<Engine> {
  const folder = SHIPPED_DATASETS.find(({ spec }) => spec.id === id)?.folder;
  if (folder === undefined) throw new Error(`There is no data set ${id}.`);
  if (opened !== id) engine.openDataset(new URL(`/${folder}`, location.href).href, UNHEARD);
  opened = id;
  return engine;
}
