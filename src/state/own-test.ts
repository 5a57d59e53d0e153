import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  EMPTY_OWN_TEST,
  MOST_OWN_SAMPLES,
  type OwnTest,
  type OwnTestResult,
  type OwnTestSample,
  withResult,
} from '../core/dataset/own-test.ts';
import { classCountOf, type DatasetSpec, sampleBytesOf } from '../core/dataset/spec.ts';
import { argmax } from '../core/evaluation/confusion.ts';
import type { Lab } from './lab.ts';
import { type Run, stepOf } from './run.ts';
import { allRuns } from './runs.ts';
import { isRunOf } from './same-data.ts';

/** The test set of the user's own for the data set that is open. */
export interface OwnTestState {
  readonly dataset: DatasetSpec | null;
  /** Null until it was read. */
  readonly test: OwnTest | null;
  /** Of each sample, what the newest network takes it for; null while that is not known. */
  readonly predicted: readonly number[] | null;
  /** Why it cannot be kept, or nothing be added. */
  readonly problem: string | null;
  /** The run that is being tested; null where none is. */
  readonly testing: number | null;
}

/** Where test sets are kept. */
export interface OwnTestKeep {
  readTest(dataset: DatasetSpec): Promise<OwnTest>;
  /** Rejects where there is no room. */
  writeTest(dataset: DatasetSpec, test: OwnTest): Promise<void>;
}

/** The test set of the user's own, and how networks do on it. */
export interface OwnTestControl {
  readonly store: StoreApi<OwnTestState>;
  /** Reads that of a data set, unless it is open. */
  open(dataset: DatasetSpec): void;
  add(label: number, samples: readonly Uint8Array<ArrayBuffer>[]): void;
  /** Takes a sample out; the function that comes back brings it back. */
  remove(place: number): () => void;
  /** Takes all out; the function that comes back brings them back. */
  clear(): () => void;
  /** Tests a run, where its weights are there. */
  measure(run: Run): Promise<void>;
  /** Tests all runs that can be and were not, one after the other. */
  measureAll(): Promise<void>;
}

const NONE: OwnTestState = { dataset: null, test: null, predicted: null, problem: null, testing: null };

/** What tells one state of a run from another, and from another run that has its number. */
function markOf(run: Run): string {
  return [stepOf(run), run.losses.at(-1), run.restoredEpoch].join(' ');
}

/** How a run did, as it is now; undefined where it was not tested. */
export function ownResultOf(test: OwnTest, run: Run): OwnTestResult | undefined {
  return test.results.find(({ run: number, mark }) => number === run.number && mark === markOf(run));
}

/** Why a run cannot be tested, as a sentence; null where it can. */
export function ownTestProblem(
  { runs, checkpoints }: Pick<OwnTestSources, 'runs' | 'checkpoints'>,
  dataset: DatasetSpec,
  run: Run,
): string | null {
  const { title } = run.draft.dataset;
  if (!isRunOf(run, dataset)) return `My test set is for ${dataset.title}, and this run was trained on ${title}.`;
  const isCurrent = runs.getState().current?.number === run.number;
  if (isCurrent && (run.phase === 'compiling' || run.phase === 'training'))
    return 'This run is training. It is tested when it stands still.';
  if (stepOf(run) === 0) return 'This run has not taken a step.';
  return isCurrent || checkpoints.numbers.getState().has(run.number)
    ? null
    : 'The weights of this run are not kept, so it cannot be tested.';
}

/** What the control stands on. */
export interface OwnTestSources {
  readonly runs: Lab['runs']['store'];
  readonly checkpoints: Lab['runs']['checkpoints'];
  readonly questions: Pick<Lab['questions'], 'ask'>;
  readonly keep: OwnTestKeep;
  /** Hears that what is kept has changed. */
  onKept(): void;
}

/** Control over the test sets of the user's own. It tests the newest network by itself, whenever samples or weights change. */
export function createOwnTest(sources: OwnTestSources): OwnTestControl {
  return new OwnTests(sources);
}

class OwnTests implements OwnTestControl {
  readonly store = createStore<OwnTestState>(() => NONE);
  readonly #sources: OwnTestSources;
  /** Ends the question that is under way. */
  #waiting = new AbortController();
  /** The run that was asked last, and its phase. */
  #asked: string;

  constructor(sources: OwnTestSources) {
    this.#sources = sources;
    this.#asked = this.#standing();
    sources.runs.subscribe(() => {
      const now = this.#standing();
      // Steps come by the dozen: a run is asked when it stands still.
      if (now !== this.#asked) this.#askNewest();
      this.#asked = now;
    });
  }

  open(dataset: DatasetSpec): void {
    if (this.store.getState().dataset === dataset) return;
    this.store.setState({ ...NONE, dataset });
    const found = (test: OwnTest) => {
      if (this.store.getState().dataset !== dataset) return;
      this.store.setState({ test });
      this.#askNewest();
    };
    this.#sources.keep.readTest(dataset).then(found, () => found(EMPTY_OWN_TEST));
  }

  add(label: number, added: readonly Uint8Array<ArrayBuffer>[]): void {
    const { test } = this.store.getState();
    if (test === null) return;
    const room = MOST_OWN_SAMPLES - test.samples.length;
    const samples = added.slice(0, room).map((values) => ({ label, values }));
    this.#change({ samples: [...test.samples, ...samples], results: [] }, added.length > room ? FULL : null);
  }

  remove(place: number): () => void {
    const { test } = this.store.getState();
    if (test === null) return () => {};
    this.#change({ samples: test.samples.filter((_, at) => at !== place), results: [] });
    return () => this.#change(test);
  }

  clear(): () => void {
    const { test } = this.store.getState();
    if (test === null) return () => {};
    this.#change(EMPTY_OWN_TEST);
    return () => this.#change(test);
  }

  async measure(run: Run): Promise<void> {
    const { runs, checkpoints, questions } = this.#sources;
    const { dataset, test, testing } = this.store.getState();
    if (dataset === null || test === null || test.samples.length === 0 || testing !== null) return;
    if (ownTestProblem(this.#sources, dataset, run) !== null) return;
    if (runs.getState().current?.number === run.number) return this.#askNewest();
    this.store.setState({ testing: run.number });
    try {
      const checkpoint = await checkpoints.read(run.number);
      if (checkpoint === null) return;
      const { samples } = test;
      const { weights } = checkpoint.snapshot;
      const pixels = joined(samples, sampleBytesOf(dataset));
      const shares = await questions.ask('predictWith', { dataset, network: run.draft.network, weights, pixels });
      const answers = likeliest(shares, samples.length, classCountOf(dataset));
      this.#note(samples, { run: run.number, tested: null, mark: markOf(run) }, answers);
    } catch (error) {
      const why = error instanceof Error ? ` ${error.message}` : '';
      this.store.setState({ problem: `Run ${run.number} could not be tested.${why}` });
    } finally {
      this.store.setState({ testing: null });
    }
  }

  async measureAll(): Promise<void> {
    for (const run of allRuns(this.#sources.runs.getState())) {
      const { test } = this.store.getState();
      if (test !== null && ownResultOf(test, run) === undefined) await this.measure(run);
    }
  }

  #standing(): string {
    const { current } = this.#sources.runs.getState();
    return current === null ? 'none' : `${current.number} ${current.phase}`;
  }

  #change(test: OwnTest, problem: string | null = null): void {
    this.store.setState({ problem });
    this.#write(test);
    this.#askNewest();
  }

  #write(test: OwnTest): void {
    const { keep, onKept } = this.#sources;
    const { dataset } = this.store.getState();
    if (dataset === null) return;
    this.store.setState({ test });
    keep
      .writeTest(dataset, test)
      .then(onKept, () =>
        this.store.setState({ problem: 'There is no room to keep this: it is gone when the page is closed.' }),
      );
  }

  /** Keeps a result, unless other samples are tested by now. */
  #note(
    samples: readonly OwnTestSample[],
    result: Omit<OwnTestResult, 'right' | 'total'>,
    answers: readonly number[],
  ): void {
    const { test } = this.store.getState();
    if (test === null || test.samples !== samples) return;
    const right = answers.filter((label, place) => label === samples[place]?.label).length;
    this.#write(withResult(test, { ...result, right, total: samples.length }));
  }

  #askNewest(): void {
    const { runs, questions } = this.#sources;
    this.#waiting.abort();
    const { dataset, test } = this.store.getState();
    this.store.setState({ predicted: null });
    if (dataset === null || test === null || test.samples.length === 0) return;
    if (runs.getState().current?.phase === 'training') return;
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    const { samples } = test;
    questions.ask('predictMany', { pixels: joined(samples, sampleBytesOf(dataset)) }, { signal }).then(
      (answer) => {
        if (answer === null || signal.aborted) return;
        const predicted = likeliest(answer.probabilities, samples.length, classCountOf(dataset));
        this.store.setState({ predicted });
        const run = allRuns(runs.getState()).find(({ number }) => number === answer.run);
        const mark = run === undefined ? null : markOf(run);
        this.#note(samples, { run: answer.run, tested: answer.testAccuracy, mark }, predicted);
      },
      // Another data set was opened, or the worker is gone: the next one is asked again.
      () => undefined,
    );
  }
}

const FULL = `A test set of your own has at most ${MOST_OWN_SAMPLES} samples.`;

function likeliest(shares: Float32Array, samples: number, classes: number): readonly number[] {
  return Array.from({ length: samples }, (_, sample) => argmax(shares, sample, classes));
}

/** Samples one after the other. */
function joined(samples: readonly OwnTestSample[], bytes: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(samples.length * bytes);
  samples.forEach(({ values }, place) => {
    all.set(values, place * bytes);
  });
  return all;
}
