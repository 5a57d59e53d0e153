import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Evaluation, hasAnswers } from '../../../src/core/evaluation/evaluation.ts';
import type { Checkpoint } from '../../../src/core/training/checkpoint.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import type { AnsweredSet } from '../../../src/state/answers.ts';
import {
  type Archive,
  type ArchiveChange,
  type KeptRuns,
  keepRuns,
  restorableRuns,
  type Written,
} from '../../../src/state/archive.ts';
import { type Checkpoints, createCheckpoints } from '../../../src/state/checkpoints.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { EpochRecord } from '../../../src/state/epoch-record.ts';
import { newRun, type Run } from '../../../src/state/run.ts';
import { NO_RUNS, type Runs, withLabel, withNewRun, withoutCurrent } from '../../../src/state/runs.ts';
import { evaluationOf } from '../core/support/evaluation.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { settled } from '../support/turns.ts';

const draft = draftOf(ciutacuCnn, 42);

function epochAt(epoch: number): EpochRecord {
  return { epoch, step: 10 * epoch, trainSample: null, validation: null, confusion: null, seconds: epoch };
}

/** A run of ten steps an epoch. */
function runAt(number: number, step: number, more: Partial<Run> = {}): Run {
  const epochs = Array.from({ length: Math.floor(step / 10) }, (_, i) => epochAt(i + 1));
  const losses = Float32Array.from({ length: step }, (_, i) => i);
  const run = newRun(number, draft, 'CNN', 'wasm');
  return { ...run, phase: 'training', stepsPerEpoch: 10, losses, accuracies: losses, epochs, ...more };
}

let runs: StoreApi<Runs>;
let written: ArchiveChange[];
let time: number;
let checkpoints: Checkpoints;

beforeEach(() => {
  runs = createStore<Runs>(() => NO_RUNS);
  written = [];
  time = 0;
  checkpoints = createCheckpoints();
  said = [];
  stored = new Map();
  answered = new Map();
});

/** What the archive says of each writing: an error, or null. */
let said: unknown[];
/** Checkpoints that the archive has. */
let stored: Map<number, Checkpoint>;
/** Answers that the archive has of any run. */
let answered: Map<AnsweredSet, Evaluation>;

/** Everything was stored. */
const ALL: Written = { left: [], dropped: [] };

function keep(
  write: (change: ArchiveChange) => Promise<Written> = async (change) => {
    written.push(change);
    return ALL;
  },
  { lull = 0, kept = [] }: { readonly lull?: number; readonly kept?: readonly Run[] } = {},
) {
  const archive: Archive = {
    load: vi.fn(),
    checkpoint: async (run) => stored.get(run) ?? null,
    answers: async (_run, set) => answered.get(set) ?? null,
    steps: async () => null,
    write,
  };
  const onWritten = (error: unknown) => void said.push(error);
  return keepRuns({ runs, archive, kept, lull, interval: 1000, checkpoints, now: () => time, onWritten });
}

const show = (current: Run) => runs.setState({ current, lastNumber: current.number });
/** The run is at a checkpoint. */
const check = (current: Run) => {
  show(current);
  checkpoints.put(current.number, checkpointAt(current.losses.length));
};
const textOf = ({ runs: kept, checkpoints: fresh, removed, current }: ArchiveChange) => ({
  runs: kept.map((run) => `${run.number} at ${run.losses.length}`),
  weights: Array.from(
    fresh,
    ([
      number,
      {
        snapshot: { step },
      },
    ]) => `${number} at ${step}`,
  ),
  removed,
  current,
});

test('a run is written with its weights when an epoch ends and when it stands still, and not at every step', async () => {
  keep();
  check(runAt(1, 3));
  await settled();
  expect(written.map(textOf)).toEqual([{ runs: ['1 at 3'], weights: ['1 at 3'], removed: [], current: 1 }]);
  show(runAt(1, 7));
  await settled();
  expect(written).toHaveLength(1);
  show(runAt(1, 10));
  await settled();
  show(runAt(1, 12));
  show(runAt(1, 12, { phase: 'paused' }));
  await settled();
  expect(written.slice(1).map(({ runs: [run] }) => run?.losses.length)).toEqual([10, 12]);
});

test('within a long epoch it is written every so often', async () => {
  keep();
  show(runAt(1, 1));
  await settled();
  time = 999;
  show(runAt(1, 2));
  await settled();
  expect(written).toHaveLength(1);
  time = 1000;
  show(runAt(1, 3));
  await settled();
  expect(written).toHaveLength(2);
});

test('short epochs are not written one by one, and the end of the training is', async () => {
  keep(undefined, { lull: 500 });
  show(runAt(1, 10));
  await settled();
  time = 100;
  show(runAt(1, 20));
  time = 200;
  show(runAt(1, 30));
  await settled();
  expect(written).toHaveLength(1);
  time = 500;
  show(runAt(1, 31));
  await settled();
  time = 600;
  show(runAt(1, 40, { phase: 'finished' }));
  await settled();
  expect(written.map(({ runs: [run] }) => run?.losses.length)).toEqual([10, 31, 40]);
});

test('the checkpoint of a run that gave way is written although another has its place', async () => {
  keep();
  check(runAt(1, 20));
  await settled();
  runs.setState((state) => withNewRun(state, draft));
  runs.setState(({ earlier, ...state }) => ({ ...state, earlier: earlier.map(() => runAt(1, 25)) }));
  checkpoints.put(1, checkpointAt(25));
  await settled();
  expect(written.flatMap((change) => textOf(change).weights)).toEqual(['1 at 20', '1 at 25']);
  expect(written.flatMap((change) => textOf(change).runs)).toContain('1 at 25');
});

test('a run that gave way, was renamed or deleted is written so, without its weights', async () => {
  const run = runAt(1, 10, { phase: 'finished' });
  show(run);
  keep(undefined, { kept: [run] });
  runs.setState(withoutCurrent);
  await settled();
  runs.setState((state) => withLabel(state, 1, { name: 'Baseline' }));
  await settled();
  runs.setState({ earlier: [] });
  await settled();
  expect(written.map(textOf)).toEqual([
    { runs: ['1 at 10'], weights: [], removed: [], current: null },
    { runs: ['1 at 10'], weights: [], removed: [], current: null },
    { runs: [], weights: [], removed: [1], current: null },
  ]);
  expect(written[1]?.runs[0]?.name).toBe('Baseline');
});

test('what could not be written is written with the next change', async () => {
  const tried: ArchiveChange[] = [];
  keep(async (change) => {
    tried.push(change);
    if (tried.length === 1) throw new Error('The storage is full.');
    return ALL;
  });
  runs.setState({ earlier: [runAt(1, 10)], lastNumber: 1 });
  await settled();
  runs.setState((state) => withNewRun(state, draft));
  await settled();
  expect(tried.map((change) => textOf(change).runs)).toEqual([['1 at 10'], ['2 at 0', '1 at 10']]);
  expect(said).toEqual([new Error('The storage is full.'), null]);
});

test('a checkpoint for which there was no room is written with the next change', async () => {
  keep(async (change) => {
    written.push(change);
    return written.length === 1 ? { left: [1], dropped: [] } : ALL;
  });
  check(runAt(1, 10, { phase: 'finished' }));
  await settled();
  runs.setState((state) => withLabel(state, 1, { pinned: true }));
  await settled();
  runs.setState((state) => withLabel(state, 1, { pinned: false }));
  await settled();
  expect(written.map((change) => textOf(change).weights)).toEqual([['1 at 10'], ['1 at 10'], []]);
});

test('a run that had begun before those of earlier visits were read is written, too', async () => {
  show(runAt(5, 10));
  keep(undefined, { kept: [runAt(4, 10)] });
  await settled();
  expect(written.map((change) => textOf(change).runs)).toEqual([['5 at 10']]);
});

test('a curve with room for more steps is written without it', async () => {
  keep();
  const losses = new Float32Array(64).subarray(0, 10);
  show(runAt(1, 10, { losses, accuracies: losses }));
  await settled();
  expect(written[0]?.runs[0]?.losses.buffer.byteLength).toBe(40);
});

describe('a run that came back as it was at an older checkpoint', () => {
  const whole = runAt(1, 25, { phase: 'paused' });
  const back = runAt(1, 20, { phase: 'paused' });

  beforeEach(async () => {
    runs.setState({ current: null, earlier: [whole], lastNumber: 1 });
    keep(undefined, { kept: [whole] });
    runs.setState({ current: back, earlier: [] });
    await settled();
  });

  const last = () => written.flatMap((change) => change.runs).at(-1);

  test('stays stored as it was, under the name that it is given', async () => {
    runs.setState((state) => withLabel(state, 1, { name: 'Baseline' }));
    await settled();
    expect(written.flatMap((change) => textOf(change).runs)).toEqual(['1 at 25', '1 at 25']);
    expect(last()?.name).toBe('Baseline');
  });

  test.each<readonly [string, Run, number]>([
    ['has taken another step', runAt(1, 21), 21],
    ['was changed there', { ...back, adjustments: [{ step: 20, values: { learningRate: 0.1 } }] }, 20],
  ])('is stored as it is now when it %s', async (_what, now, steps) => {
    show(now);
    await settled();
    check(now);
    await settled();
    expect(last()?.losses.length).toBe(steps);
  });
});

test('a deletion that is undone brings the checkpoint back, too', async () => {
  const run = runAt(1, 10, { phase: 'finished' });
  stored.set(1, checkpointAt(10));
  runs.setState({ current: null, earlier: [run], lastNumber: 1 });
  keep(undefined, { kept: [run] });
  runs.setState({ earlier: [] });
  await settled();
  stored.clear();
  runs.setState({ earlier: [run] });
  await settled();
  expect(written.map(textOf)).toEqual([
    { runs: [], weights: [], removed: [1], current: null },
    { runs: ['1 at 10'], weights: ['1 at 10'], removed: [], current: null },
  ]);
});

describe('of runs that were put away, memory holds what the page shows of them', () => {
  const test1 = { ...evaluationOf([[6, 0, 0.75]]), set: 'test' } as const;
  const validation = { ...evaluationOf([[4, 4, 0.5]]), set: 'validation' } as const;
  const finished = () => runAt(1, 10, { phase: 'finished', validation, test: test1 });
  const earlier = () => runs.getState().earlier;

  test('the rest is read when it is asked for, once it is stored', async () => {
    const tried: ArchiveChange[] = [];
    keep(async (change) => {
      tried.push(change);
      if (tried.length === 2) throw new Error('The storage is full.');
      return ALL;
    });
    check(finished());
    await settled();
    expect(runs.getState().current?.test).toBe(test1);
    runs.setState(withoutCurrent);
    await settled();
    expect(earlier()[0]?.test).toBe(test1);
    runs.setState((state) => withLabel(state, 1, { name: 'Baseline' }));
    await settled();
    expect(tried.at(-1)?.runs[0]?.test).toBe(test1);
    expect(earlier()[0]).toMatchObject({
      name: 'Baseline',
      test: { loss: test1.loss, accuracy: test1.accuracy },
      validation: { loss: validation.loss, accuracy: validation.accuracy },
    });
    expect([earlier()[0]?.test, earlier()[0]?.validation].map((outcome) => outcome && hasAnswers(outcome))).toEqual([
      false,
      false,
    ]);
    expect(checkpoints.inMemory(1)).toBeNull();
    stored.set(1, checkpointAt(10));
    expect(await checkpoints.read(1)).not.toBeNull();
    // Nothing has changed by that.
    const { length } = tried;
    runs.setState({ lastNumber: 2 });
    await settled();
    expect(tried).toHaveLength(length);
  });

  test('a checkpoint that was not stored stays in memory, and one that gave way is no more to be had', async () => {
    keep(async () => ({ left: [1], dropped: [] }));
    check(runAt(1, 10));
    runs.setState(withoutCurrent);
    await settled();
    expect(checkpoints.inMemory(1)).not.toBeNull();
  });

  test('one that gave way in the archive is no more to be had', async () => {
    let dropped: readonly number[] = [];
    keep(async () => ({ left: [], dropped }));
    check(runAt(1, 10));
    runs.setState(withoutCurrent);
    await settled();
    expect([...checkpoints.numbers.getState()]).toEqual([1]);
    dropped = [1];
    show(runAt(2, 10));
    await settled();
    expect([...checkpoints.numbers.getState()]).toEqual([]);
  });

  test('the answers of a run that was deleted are stored again where it comes back', async () => {
    keep();
    show(finished());
    runs.setState(withoutCurrent);
    await settled();
    answered.set('test', test1);
    answered.set('validation', validation);
    const [light] = earlier();
    runs.setState({ earlier: [] });
    await settled();
    answered.clear();
    runs.setState({ earlier: light === undefined ? [] : [light] });
    await settled();
    expect(written.at(-1)?.runs[0]).toMatchObject({ test: test1, validation });
    expect(earlier()[0]?.test).not.toBe(test1);
  });
});

function keptRuns(kept: readonly Run[], more: Partial<KeptRuns> = {}): KeptRuns {
  return { runs: kept, older: new Set(), checkpoints: new Set(), current: null, lastNumber: 4, ...more };
}

test('runs come back whole, and none of them moving', () => {
  const kept = [runAt(1, 25), runAt(2, 42, { phase: 'finished' }), runAt(3, 8), runAt(4, 25, { phase: 'failed' })];
  const back = restorableRuns(keptRuns(kept, { checkpoints: new Set([1, 2, 4]), current: 1 }), draft);
  expect(back.runs.map(({ losses, epochs, phase }) => [losses.length, epochs.length, phase])).toEqual([
    [25, 2, 'paused'],
    [42, 4, 'finished'],
    [8, 0, 'paused'],
    [25, 2, 'failed'],
  ]);
  expect(back.current).toBe(1);
});

test.each<readonly [string, Run, readonly number[]]>([
  ['whose weights were not kept after an epoch', runAt(1, 25), []],
  ['that began with the weights of another', runAt(1, 5, { carriedFrom: { kind: 'run', run: 3, layers: null } }), []],
  ['whose settings were changed', runAt(1, 5, { adjustments: [{ step: 1, values: { learningRate: 0.1 } }] }), []],
  ['that failed', runAt(1, 25, { phase: 'failed' }), [1]],
])('a run %s is not the current one again', (_which, run, checkpointed) => {
  const kept = keptRuns([run], { checkpoints: new Set(checkpointed), current: 1 });
  expect(restorableRuns(kept, draft).current).toBeNull();
});

test('a run that came to no checkpoint is the current one again: it can begin anew', async () => {
  keep();
  show(runAt(1, 0, { phase: 'compiling' }));
  await settled();
  show(runAt(1, 5));
  await settled();
  expect(written.map(textOf)).toMatchObject([
    { runs: ['1 at 0'], current: 1 },
    { runs: ['1 at 5'], current: 1 },
  ]);
  expect(restorableRuns(keptRuns([runAt(1, 5)], { current: 1 }), draft).current).toBe(1);
});

test('a run that froze what the draft is now holds the draft itself, and another keeps its own', () => {
  const kept = structuredClone(keptRuns([runAt(1, 5)]));
  expect(restorableRuns(kept, draft).runs[0]?.draft).toBe(draft);
  expect(restorableRuns(kept, draftOf(ciutacuCnn, 7)).runs[0]?.draft).toEqual(draft);
});
