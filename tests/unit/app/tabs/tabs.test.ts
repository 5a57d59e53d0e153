import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Database } from '../../../../src/app/archive/database.ts';
import { FoundTexts } from '../../../../src/app/archive/found-texts.ts';
import { keepLab } from '../../../../src/app/keep-lab.ts';
import type { Command } from '../../../../src/protocol/commands.ts';
import type { Lab } from '../../../../src/state/lab.ts';
import { stepOf } from '../../../../src/state/run.ts';
import { allRuns } from '../../../../src/state/runs.ts';
import { FakeWorker } from '../../state/fake-worker.ts';
import { checkpointAt } from '../../support/checkpoints.ts';
import { FakeBrowser } from './browser.ts';

let browser: FakeBrowser;
let opened: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('document', { addEventListener: () => undefined, visibilityState: 'visible' });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('PerformanceNavigationTiming', Navigation);
  vi.stubGlobal('localStorage', { getItem: () => null, removeItem: () => undefined });
  browser = new FakeBrowser();
  opened = 0;
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** How a tab came to its page. */
class Navigation {
  readonly type = 'reload';
  readonly entryType = 'navigation';
  readonly name = '';
  readonly startTime = 0;
  readonly duration = 0;
  toJSON = () => undefined;
}

/** Lets so many milliseconds pass, and everything that follows from them happen. */
async function pass(milliseconds = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}

interface Tab {
  readonly number: number;
  readonly lab: Lab;
  readonly worker: FakeWorker;
}

/** Opens the app in another tab, whose worker pauses where it is told to. */
async function open(): Promise<Tab> {
  opened++;
  const number = opened;
  const worker = new FakeWorker();
  const lab = worker.lab();
  worker.onCommand = (command) => answer({ number, lab, worker }, command);
  const [database, found] = [new Database(), new FoundTexts()];
  const options = { lab, database, found, finding: found.find(database, 'draft'), letGo: () => undefined };
  browser.inTab(number, () => keepLab(options));
  await pass();
  return { number, lab, worker };
}

function answer({ lab, worker }: Tab, command: Command): void {
  const { current } = lab.runs.store.getState();
  if (command.type !== 'pause' || current === null) return;
  const step = stepOf(current);
  worker.sayPaused(command.run, step);
  worker.say({ type: 'checkpointed', run: command.run, checkpoint: checkpointAt(step) });
}

/** The worker of a tab does some steps of the current run. */
function step({ lab, worker }: Tab, count: number): void {
  const { current } = lab.runs.store.getState();
  if (current === null) throw new Error('There is no run.');
  const firstStep = stepOf(current);
  const losses = Float32Array.from({ length: count }, (_, i) => firstStep + i);
  const run = current.number;
  const metrics = { firstStep, losses, accuracies: losses };
  worker.say({ type: 'phaseChanged', run, phase: 'training', step: firstStep, stepsPerEpoch: 10 });
  worker.say({ type: 'progressed', run, metrics, imagesPerSecond: 100, memory: { tensors: 0, bytes: 0 } });
}

const current = ({ lab }: Tab) => lab.runs.store.getState().current;
const roleOf = ({ lab }: Tab) => lab.tab.store.getState();
const sentBy = ({ worker }: Tab) => worker.sent.map(({ type }) => type);
const learningRate = ({ lab }: Tab) => lab.draft.store.getState().recipe.learningRate;

/** Two tabs, of which the first one trains. */
async function openTwo(): Promise<readonly [Tab, Tab]> {
  const first = await open();
  first.lab.runs.train('run');
  step(first, 12);
  const second = await open();
  return [first, second];
}

describe('a second tab', () => {
  test('reads along: runs, steps and draft are those of the first, at most twice a second', async () => {
    const [first, second] = await openTwo();
    expect(roleOf(first)).toMatchObject({ role: 'works' });
    expect(roleOf(second)).toMatchObject({ role: 'reads', other: 'answers' });
    expect(current(second)).toMatchObject({ number: 1, phase: 'training', losses: current(first)?.losses });

    step(first, 5);
    await pass(100);
    expect(current(second)?.losses).toHaveLength(12);
    first.lab.draft.setRecipe({ learningRate: 0.5 }, 'change rate');
    await pass(400);
    expect(current(second)?.losses).toEqual(current(first)?.losses);
    expect(current(second)?.losses).toHaveLength(17);
    expect(learningRate(second)).toBe(0.5);
    expect(second.lab.draft.history.getState().pastStates).toHaveLength(0);
  });

  test('goes on to read along for longer than a tab is remembered without a sign of it', async () => {
    const [first, second] = await openTwo();
    first.lab.runs.pause();
    await pass(60_000);
    step(first, 3);
    await pass(500);
    expect(current(second)?.losses).toHaveLength(15);
    expect(roleOf(second).other).toBe('answers');
  });

  test('reads along with a run so long that its first steps are thinned', async () => {
    const [first, second] = await openTwo();
    step(first, 40_000);
    first.worker.say({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(40_012) });
    first.worker.say({ type: 'phaseChanged', run: 1, phase: 'paused', step: 40_012, stepsPerEpoch: 10 });
    // What reads the archive is still being loaded.
    while (current(first)?.thinned === undefined) await pass(1000);
    step(first, 8);
    await pass(500);
    const shown = current(second);
    expect(shown && stepOf(shown)).toBe(40_020);
    expect(shown?.thinned?.steps).toBe(16_384);
    expect([shown?.thinned, shown?.losses]).toEqual([current(first)?.thinned, current(first)?.losses]);
    const whole = shown && (await second.lab.runs.curves.whole(shown));
    expect(whole?.losses).toEqual(Float32Array.from({ length: 40_020 }, (_, i) => i));
  });

  test('knows of runs that are renamed and deleted, and that one went back', async () => {
    const [first, second] = await openTwo();
    first.worker.say({
      type: 'epochEnded',
      run: 1,
      report: { epoch: 1, step: 10, trainSample: null, validation: null },
    });
    first.lab.runs.train('run');
    step(first, 4);
    first.lab.runs.label(1, { name: 'First' });
    await pass(1000);
    expect(allRuns(second.lab.runs.store.getState())).toMatchObject([{ number: 2 }, { number: 1, name: 'First' }]);
    const [, run] = allRuns(first.lab.runs.store.getState());
    if (run !== undefined) first.lab.runs.delete(run);
    first.lab.runs.store.setState(({ current: now }) => ({
      current: now && { ...now, losses: Float32Array.of(7, 8), accuracies: Float32Array.of(7, 8) },
    }));
    await pass(1000);
    expect(allRuns(second.lab.runs.store.getState())).toMatchObject([{ number: 2, losses: Float32Array.of(7, 8) }]);
  });

  test('trains nothing and changes nothing', async () => {
    const [first, second] = await openTwo();
    const before = sentBy(second);
    second.lab.runs.toggle();
    second.lab.runs.train('run');
    second.lab.runs.reset();
    second.lab.runs.label(1, { name: 'Mine' });
    second.lab.draft.setRecipe({ learningRate: 0.7 }, 'change rate');
    second.lab.draft.undo();
    await pass(1000);
    expect(sentBy(second)).toEqual(before);
    expect(current(second)).toMatchObject({ number: 1, name: current(first)?.name });
    expect(learningRate(second)).toBe(learningRate(first));
  });

  test('says where the first does not answer any more', async () => {
    const [first, second] = await openTwo();
    browser.hung.add(first.number);
    await pass(12_000);
    expect(roleOf(second)).toMatchObject({ role: 'reads', other: 'silent' });
  });

  test('does not read along with another version of the app', async () => {
    void browser.locks(1).request('runs', {}, () => new Promise(() => undefined));
    const other = browser.broadcast(1);
    opened = 1;
    const second = await open();
    other.postMessage('nothing of ours');
    await pass();
    expect(roleOf(second).role).toBe('works');
    other.postMessage({ app: 'fitting-room', version: 'other', from: 'x', message: { type: 'state', state: 'new' } });
    await pass();
    expect(roleOf(second)).toMatchObject({ role: 'reads', other: 'otherVersion' });
    expect(current(second)).toBeNull();
  });
});

describe('either closed first', () => {
  test('the one that reads: nothing happens', async () => {
    const [first, second] = await openTwo();
    browser.close(second.number);
    step(first, 3);
    await pass(1000);
    expect(roleOf(first).role).toBe('works');
    expect(current(first)).toMatchObject({ phase: 'training' });
  });

  test('the one that works: the other brings back its run and its draft, and can go on', async () => {
    const [first, second] = await openTwo();
    first.lab.draft.setRecipe({ learningRate: 0.5 }, 'change rate');
    first.worker.say({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(12) });
    await pass(5000);
    browser.close(first.number);
    await pass(1000);
    expect(roleOf(second)).toEqual({ role: 'works', other: null, tookFromSilent: false });
    expect(current(second)).toMatchObject({ number: 1, phase: 'paused' });
    expect(current(second)?.losses).toHaveLength(12);
    expect(learningRate(second)).toBe(0.5);
    second.lab.runs.toggle();
    expect(sentBy(second)).toEqual(['open', 'openDataset', 'train', 'advance']);
  });
});

describe('a reloaded tab', () => {
  /** What the tab remembers of itself. */
  function remember(words: Map<string, string>): void {
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => words.get(key) ?? null,
      setItem: (key: string, word: string) => words.set(key, word),
      removeItem: (key: string) => words.delete(key),
    });
    vi.spyOn(performance, 'getEntriesByType').mockReturnValue([new Navigation()]);
  }

  test('gets the work back from the tab that has taken over meanwhile', async () => {
    const memory = new Map<string, string>();
    remember(memory);
    const first = await open();
    expect([...memory.keys()]).toEqual(['works']);
    remember(new Map());
    const second = await open();
    expect(roleOf(second).role).toBe('reads');
    browser.close(first.number);
    await pass(1000);
    expect(browser.owner).toBe(second.number);
    remember(memory);
    const reloaded = await open();
    await pass(1000);
    expect(browser.owner).toBe(reloaded.number);
    expect(roleOf(reloaded).role).toBe('works');
    expect(roleOf(second).role).toBe('reads');
  });

  test('that read along goes on reading along', async () => {
    remember(new Map());
    const first = await open();
    remember(new Map());
    const second = await open();
    browser.close(second.number);
    const reloaded = await open();
    await pass(1000);
    expect(roleOf(reloaded).role).toBe('reads');
    expect(browser.owner).toBe(first.number);
  });
});

describe('Work here instead', () => {
  test('pauses the run of the other tab, stores all of it, and goes on with it here', async () => {
    const [first, second] = await openTwo();
    step(first, 5);
    second.lab.tab.workHere();
    await pass(1000);
    expect(browser.owner).toBe(second.number);
    expect(roleOf(second)).toEqual({ role: 'works', other: null, tookFromSilent: false });
    expect(current(second)?.losses).toHaveLength(17);
    expect(sentBy(second)).toEqual(['open', 'openDataset', 'train', 'advance']);
    expect(second.worker.sent).toContainEqual({ type: 'advance', run: 1, advance: 'run' });
    expect(roleOf(first)).toMatchObject({ role: 'reads', other: 'answers' });
    expect(sentBy(first).slice(-2)).toEqual(['pause', 'reset']);

    step(second, 4);
    await pass(1000);
    expect(current(first)?.losses).toHaveLength(21);
    // And back again.
    first.lab.tab.workHere();
    await pass(1000);
    expect(browser.owner).toBe(first.number);
    expect(current(first)?.losses).toHaveLength(21);
    expect(roleOf(second).role).toBe('reads');
  });

  test.each(['before', 'after'])('a run that was paused just %s is stored as it stands', async (when) => {
    const [first, second] = await openTwo();
    first.worker.onCommand = () => undefined;
    if (when === 'before') first.worker.sayPaused(1, 12);
    second.lab.tab.workHere();
    await pass(1000);
    if (when === 'after') first.worker.sayPaused(1, 12);
    await pass();
    expect(browser.owner).toBe(first.number);
    first.worker.say({ type: 'checkpointed', run: 1, checkpoint: checkpointAt(12) });
    await pass(1000);
    expect(current(second)).toMatchObject({ number: 1, phase: 'paused', losses: Float32Array.from(Array(12).keys()) });
    expect([browser.owner, sentBy(second).includes('advance')]).toEqual([second.number, when === 'after']);
  });

  test('a run that is still being built begins again here', async () => {
    const first = await open();
    first.lab.runs.train('run');
    const second = await open();
    second.lab.tab.workHere();
    await pass(1000);
    expect(current(second)).toMatchObject({ number: 1, phase: 'paused', losses: new Float32Array() });
    expect(second.worker.sent.slice(2)).toMatchObject([
      { type: 'train', run: 1, standing: { phase: 'paused' } },
      { type: 'advance', run: 1, advance: 'run' },
    ]);
  });

  test('runs that were to follow, as in a sweep, follow here', async () => {
    const first = await open();
    const draft = first.lab.draft.store.getState();
    const plan = { draft, judgesTest: false } as const;
    first.lab.runs.queue.start('sweep', [
      { ...plan, name: 'a' },
      { ...plan, name: 'b', from: { plan: 0 } },
    ]);
    step(first, 12);
    const second = await open();
    second.lab.tab.workHere();
    await pass(1000);
    expect(first.lab.runs.queue.store.getState().state).toBe('idle');
    expect(second.lab.runs.queue.store.getState()).toMatchObject({ purpose: 'sweep', state: 'running' });
    second.worker.say({ type: 'phaseChanged', run: 1, phase: 'finished', step: 12, stepsPerEpoch: 10 });
    expect(current(second)).toMatchObject({ number: 2, name: 'b', judgesTest: false });
    expect(second.worker.sent.at(-1)).toMatchObject({ type: 'train', run: 2, weightsFrom: { kind: 'current' } });
  });

  test('a run that stood still goes on standing still', async () => {
    const [first, second] = await openTwo();
    first.lab.runs.pause();
    second.lab.tab.workHere();
    await pass(1000);
    expect(current(second)).toMatchObject({ number: 1, phase: 'paused' });
    expect(sentBy(second)).toEqual(['open', 'openDataset', 'train']);
  });

  test('the one that gave the work away writes nothing any more', async () => {
    const [first, second] = await openTwo();
    second.lab.tab.workHere();
    await pass(1000);
    second.lab.draft.setRecipe({ learningRate: 0.25 }, 'change rate');
    step(second, 3);
    second.lab.runs.pause();
    await pass(3000);
    // What a late event would change.
    first.lab.runs.store.setState({ current: null, earlier: [] });
    first.lab.draft.store.setState({ change: 'late' });
    await pass(3000);
    browser.close(first.number);
    browser.close(second.number);
    const third = await open();
    await pass(1000);
    expect(current(third)?.losses).toHaveLength(15);
    expect(learningRate(third)).toBe(0.25);
  });

  test('takes the work from a tab that hangs, which writes nothing when it wakes up', async () => {
    const [first, second] = await openTwo();
    first.lab.runs.pause();
    await pass(3000);
    browser.hung.add(first.number);
    second.lab.tab.workHere();
    expect(roleOf(second).role).toBe('takesOver');
    await pass(2900);
    expect(roleOf(second).role).toBe('takesOver');
    await pass(200);
    expect(roleOf(second)).toMatchObject({ role: 'works', tookFromSilent: true });
    expect(roleOf(first).role).toBe('reads');
    expect(current(second)?.losses).toHaveLength(12);
    second.lab.tab.acknowledge();
    expect(roleOf(second).tookFromSilent).toBe(false);
  });

  test('a tab that wakes up before it hears that its lock was taken writes nothing', async () => {
    const [first, second] = await openTwo();
    first.lab.runs.pause();
    await pass(3000);
    browser.hung.add(first.number);
    browser.deaf.add(first.number);
    second.lab.tab.workHere();
    await pass(3200);
    second.lab.draft.setRecipe({ learningRate: 0.25 }, 'change rate');
    second.lab.runs.label(1, { name: 'Second' });
    await pass(3000);
    // It takes itself for the one that works.
    expect(roleOf(first).role).toBe('works');
    first.lab.draft.setRecipe({ learningRate: 0.5 }, 'change rate');
    first.lab.runs.label(1, { name: 'First' });
    await pass(3000);
    expect(first.lab.storage.store.getState().problems).toEqual([{ kind: 'elsewhere' }]);
    browser.close(first.number);
    browser.close(second.number);
    const third = await open();
    await pass(1000);
    expect(learningRate(third)).toBe(0.25);
    expect(current(third)?.name).toBe('Second');
  });

  test('of two tabs that ask, one gets the work, and the other goes on reading along', async () => {
    const [first, second] = await openTwo();
    const third = await open();
    third.lab.tab.workHere();
    second.lab.tab.workHere();
    await pass(5000);
    expect(browser.owner).toBe(third.number);
    expect(roleOf(second)).toMatchObject({ role: 'reads', other: 'answers' });
    expect(roleOf(first)).toMatchObject({ role: 'reads', other: 'answers' });
    step(third, 2);
    await pass(1000);
    expect(current(second)?.losses).toHaveLength(14);
  });

  test('where the tab that asked is gone before it gets the work, the work does not stay with nobody', async () => {
    const [first, second] = await openTwo();
    second.lab.tab.workHere();
    browser.close(second.number);
    await pass();
    await pass(5000);
    expect(browser.owner).toBe(first.number);
    expect(roleOf(first).role).toBe('works');
    expect(current(first)?.losses).toHaveLength(12);
    expect(first.worker.sent.at(-1)).toEqual({ type: 'advance', run: 1, advance: 'run' });
  });
});
