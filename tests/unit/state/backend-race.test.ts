import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Backend } from '../../../src/core/training/backend.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { raceBackends } from '../../../src/state/backend-race.ts';
import { FASHION_SOURCE, FakeWorker } from './fake-worker.ts';

let workers: FakeWorker[];
/** What each backend does when it is asked for its time; one that is left out is not to be had. */
let behaviour: Partial<Record<Backend, (worker: FakeWorker) => void>>;

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
});
afterEach(() => vi.useRealTimers());

function startWorker() {
  const worker = new FakeWorker();
  workers.push(worker);
  let backend: Backend = 'cpu';
  worker.onCommand = (command) => {
    if (command.type === 'open' && command.backend !== 'auto') {
      backend = behaviour[command.backend] === undefined ? 'cpu' : command.backend;
      queueMicrotask(() => worker.say({ type: 'opened', report: { backend, device: null, fallback: null } }));
    }
    if (command.type === 'ask') behaviour[backend]?.(worker);
  };
  return worker.start();
}

const race = () => raceBackends({ startWorker, source: FASHION_SOURCE, setup: ciutacuCnn, steps: 1000 });
const inTime = (first: number, step: number) => (worker: FakeWorker) =>
  void worker.answer(worker.asks('raceTime')[0], { first, step });
const questions = () => workers.flatMap((worker) => worker.asks('raceTime').map(({ question }) => question));

test('each backend is timed in a worker of its own, on few samples, and told the best step so far', async () => {
  behaviour = { webgl: inTime(1, 0.004), webgpu: inTime(2, 0.002), wasm: inTime(0.1, 0.02) };
  expect(await race()).toEqual([
    { backend: 'webgl', first: 1, step: 0.004 },
    { backend: 'webgpu', first: 2, step: 0.002 },
    { backend: 'wasm', first: 0.1, step: 0.02 },
  ]);
  expect(questions().map(({ best }) => best)).toEqual([null, 0.004, 0.002]);
  expect(questions().map(({ recipe }) => recipe.trainingImages)).toEqual([1000, 1000, 1000]);
  expect(workers.map(({ ended }) => ended)).toEqual([1, 1, 1]);
  expect(workers[0]?.sent.map(({ type }) => type)).toEqual(['open', 'openDataset', 'ask']);
});

test('one that is not to be had, refuses, or dies has no time', async () => {
  behaviour = {
    webgl: (worker) => worker.die('Out of memory.'),
    wasm: (worker) =>
      worker.say({ type: 'refused', request: 1, error: { name: 'Error', message: 'It broke.', stack: null } }),
  };
  expect(await race()).toEqual([]);
  expect(questions()).toHaveLength(2);
  expect(workers.map(({ ended }) => ended)).toEqual([1, 1, 1]);
});

test('one that is busy for longer than another needs for the whole run is ended', async () => {
  behaviour = { webgl: inTime(1, 0.002), webgpu: () => undefined, wasm: inTime(0.1, 0.01) };
  const raced = race();
  // 1 s until the first step, and 999 steps of 2 ms.
  await vi.advanceTimersByTimeAsync(2990);
  expect(workers).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(20);
  expect((await raced).map(({ backend }) => backend)).toEqual(['webgl', 'wasm']);
  expect(workers[1]?.ended).toBe(1);
});
