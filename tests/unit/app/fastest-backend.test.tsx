import { beforeEach, expect, test, vi } from 'vitest';
import { fastestBackend } from '../../../src/app/fastest-backend.ts';
import type { RaceTime } from '../../../src/core/training/race.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { malcaSitalkilBase } from '../../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';

const TIMES: readonly RaceTime[] = [
  { backend: 'webgl', first: 0.5, step: 0.01 },
  { backend: 'wasm', first: 0.1, step: 0.002 },
];
const race = vi.fn(async () => TIMES);
const question = {
  setup: ciutacuCnn,
  steps: 1000,
  open: 'webgl',
  device: 'Test GPU',
  canRace: true,
  onContender: () => undefined,
} as const;

beforeEach(() => {
  localStorage.clear();
  race.mockClear();
});

test('a race is held once for a kind of network, a device and a browser', async () => {
  expect(await fastestBackend(question, race)).toEqual({ backend: 'wasm', times: TIMES });
  expect(await fastestBackend({ ...question, canRace: false }, race)).toEqual({ backend: 'wasm', times: TIMES });
  expect(race).toHaveBeenCalledTimes(1);
  await fastestBackend({ ...question, setup: malcaSitalkilBase }, race);
  await fastestBackend({ ...question, device: 'Other GPU' }, race);
  expect(race).toHaveBeenCalledTimes(3);
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('A newer browser');
  await fastestBackend(question, race);
  expect(race).toHaveBeenCalledTimes(4);
  vi.restoreAllMocks();
});

test('the length of the run decides again each time', async () => {
  expect((await fastestBackend({ ...question, steps: 20 }, race))?.backend).toBe('webgl');
  expect((await fastestBackend(question, race))?.backend).toBe('wasm');
});

test('nothing is answered where no race can be held, or none was finished, and that is not kept', async () => {
  expect(await fastestBackend({ ...question, canRace: false }, race)).toBeNull();
  expect(await fastestBackend(question, async () => [])).toBeNull();
  // The open one was too slow this time.
  expect((await fastestBackend(question, async () => TIMES.slice(1)))?.backend).toBe('wasm');
  expect(localStorage).toHaveLength(0);
});

test.each(['{', '[]', '{"browser":1}', `{"browser":${JSON.stringify(navigator.userAgent)},"races":[["a",[]]]}`])(
  'what is kept as %s is left out',
  async (text) => {
    localStorage.setItem('races', text);
    expect(await fastestBackend(question, race)).toEqual({ backend: 'wasm', times: TIMES });
    expect(race).toHaveBeenCalledTimes(1);
  },
);
