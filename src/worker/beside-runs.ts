import type { RaceTime } from '../core/training/race.ts';
import type { Setup } from '../core/training/setup.ts';
import type { TrainingSpeed } from '../core/training/training-speed.ts';
import type { QuestionOf } from '../protocol/requests.ts';
import type { WorkerContext } from './context.ts';
import { measureSpeed } from './measure-speed.ts';
import { raceTime } from './race-time.ts';
import { type RateRangeControl, testRates } from './rate-range.ts';

/** Trains networks that are no runs, to measure something: one at a time, and making way for runs. */
export class BesideRuns {
  readonly #context: WorkerContext;
  #abort = new AbortController();
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(context: WorkerContext) {
    this.#context = context;
  }

  /** How fast a setup trains here. Rejects with an AbortError where something else, or a run, was asked for meanwhile. */
  measureSpeed(setup: Setup, asked: AbortSignal): Promise<TrainingSpeed> {
    return this.#take(asked, (signal) => measureSpeed(setup, this.#context, signal));
  }

  /** The losses as the learning rate rises. Rejects with an AbortError where something else, or a run, was asked for meanwhile. */
  testRates(setup: Setup, { signal: asked, onProgress }: RateRangeControl): Promise<readonly number[]> {
    return this.#take(asked, (signal) => testRates(setup, this.#context, { signal, onProgress }));
  }

  /** How fast the backend that is open trains a setup. Rejects with an AbortError where something else, or a run, was asked for meanwhile. */
  race(question: QuestionOf<'raceTime'>, asked: AbortSignal): Promise<Omit<RaceTime, 'backend'>> {
    return this.#take(asked, (signal) => raceTime(question, this.#context, signal));
  }

  /** Ends what is under way, and resolves when it holds no memory any more. */
  async end(): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    await this.#underWay;
  }

  #take<Result>(asked: AbortSignal, task: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const ended = this.end();
    const signal = AbortSignal.any([asked, this.#abort.signal]);
    const done = ended.then(() => task(signal));
    this.#underWay = done.catch(() => undefined);
    return done;
  }
}
