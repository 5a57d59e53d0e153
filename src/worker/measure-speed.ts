import { costOf } from '../core/network/cost.ts';
import { analyse } from '../core/network/graph.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Setup } from '../core/training/setup.ts';
import type { TrainingSpeed } from '../core/training/training-speed.ts';
import type { Trainer } from '../engine/engine.ts';
import type { WorkerContext } from './context.ts';
import { isAbort, RefusedError } from './errors.ts';
import { judgeEpoch } from './judge-epoch.ts';
import { RunHistograms } from './run-histograms.ts';

/** Milliseconds of steps between two readings of the metrics, as in a run. */
const BETWEEN_READINGS = 100;
/** After the first reading, which warms up, steps are timed until the last few readings agree within this share, or for so many milliseconds. */
const FEW = 4;
const AGREEMENT = 0.2;
const LONGEST = 2500;
/** For so many milliseconds samples are judged, and longer, up to the second number, until both sets have been judged once. */
const JUDGING = { least: 250, most: 1500 };
/** Bytes that a network may take to be measured: that of the last run is in memory, too. */
const MOST_MEMORY = 512 * 2 ** 20;

/**
 * Measures how fast a setup trains here, by doing what a run does: some steps, some judging, and what is done once. It takes
 * one to three seconds, or a few steps where they are slower. Rejects with an AbortError when aborted, and with a RefusedError
 * where the network has errors or takes too much memory.
 */
export async function measureSpeed(
  { network, dataset, recipe }: Setup,
  context: WorkerContext,
  signal: AbortSignal,
): Promise<TrainingSpeed> {
  const { graph, issues } = analyse(network, dataset);
  if (graph === null) throw new RefusedError(issues.find(({ severity }) => severity === 'error')?.message);
  if (costOf(graph, recipe).memory.total > MOST_MEMORY)
    throw new RefusedError('The network is too large to be measured while that of the last run is in memory.');
  const build = () => context.engine.createTrainer(graph, recipe, signal);
  const { now } = context;
  signal.throwIfAborted();
  const trainer = await build();
  try {
    const step = await stepSeconds(trainer, context, signal);
    const judgedSample = await judgedSampleSeconds(trainer, recipe, { now: context.now, signal });
    const takeHistograms = () => new RunHistograms({ graph, recipe }, context).take(trainer, 1);
    await takeHistograms();
    signal.throwIfAborted();
    // What was compiled by now is there for every run.
    const histograms = await secondsOf(takeHistograms, now);
    signal.throwIfAborted();
    const once = await secondsOf(() => firstStep(build, signal), now);
    return { once: Math.max(0, once - step), step, judgedSample, histograms };
  } finally {
    trainer.dispose();
  }
}

async function secondsOf(task: () => Promise<void>, now: () => number): Promise<number> {
  const began = now();
  await task();
  return (now() - began) / 1000;
}

/** Builds a network and trains it on one batch: in the first step more is got ready than in later ones. */
async function firstStep(build: () => Promise<Trainer>, signal: AbortSignal): Promise<void> {
  const trainer = await build();
  try {
    await trainer.trainStep(signal);
    await trainer.readMetrics();
  } finally {
    trainer.dispose();
  }
}

/** Seconds a step, by the last few readings. */
async function stepSeconds(trainer: Trainer, context: WorkerContext, signal: AbortSignal): Promise<number> {
  const end = context.now() + LONGEST;
  await readSteps(trainer, context, signal);
  const readings: Reading[] = [];
  do readings.push(await readSteps(trainer, context, signal));
  while (context.now() < end && !isSteady(readings));
  const last = readings.slice(-FEW);
  const total = (what: keyof Reading) => last.reduce((sum, reading) => sum + reading[what], 0);
  return total('seconds') / total('steps');
}

/** Some steps, and how long they took until their metrics were there. */
interface Reading {
  readonly steps: number;
  readonly seconds: number;
}

async function readSteps(trainer: Trainer, context: WorkerContext, signal: AbortSignal): Promise<Reading> {
  const { now, yieldToMessages } = context;
  const [began, first] = [now(), trainer.step];
  do {
    await trainer.trainStep(signal);
    await yieldToMessages();
    signal.throwIfAborted();
  } while (now() - began < BETWEEN_READINGS);
  await trainer.readMetrics();
  return { steps: trainer.step - first, seconds: (now() - began) / 1000 };
}

function isSteady(readings: readonly Reading[]): boolean {
  const speeds = readings.slice(-FEW).map(({ steps, seconds }) => steps / seconds);
  return speeds.length === FEW && Math.min(...speeds) > (1 - AGREEMENT) * Math.max(...speeds);
}

/** What judging is measured with. */
interface JudgingControl {
  readonly signal: AbortSignal;
  now(): number;
}

/**
 * Of the last time that both sets were judged as at the end of an epoch, with choosing the samples and adding up; where that takes
 * too long, as far as it came. 0 where no samples are judged.
 */
async function judgedSampleSeconds(trainer: Trainer, recipe: Recipe, control: JudgingControl): Promise<number> {
  const { now } = control;
  const began = now();
  let perSample = 0;
  do perSample = await judgedOnce(trainer, recipe, control);
  while (perSample > 0 && now() - began < JUDGING.least);
  return perSample;
}

async function judgedOnce(trainer: Trainer, recipe: Recipe, { now, signal }: JudgingControl): Promise<number> {
  const began = now();
  const limit = new AbortController();
  let before = 0;
  let judged = 0;
  const onProgress = (done: number, total: number) => {
    judged = before + done;
    if (done === total) before = judged;
    if (now() - began > JUDGING.most) limit.abort();
  };
  try {
    await judgeEpoch(trainer, recipe, { signal: AbortSignal.any([signal, limit.signal]), onProgress }, now);
  } catch (error) {
    if (!isAbort(error) || signal.aborted) throw error;
  }
  return judged === 0 ? 0 : (now() - began) / 1000 / judged;
}
