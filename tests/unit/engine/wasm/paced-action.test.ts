import { afterEach, expect, test, vi } from 'vitest';
import type { WasmCall } from '../../../../src/engine/wasm/step/call.ts';
import { PacedAction } from '../../../../src/engine/wasm/step/paced-action.ts';

const CALL: WasmCall = {
  step: 0,
  seed: 0,
  learningRate: 0,
  weightDecay: 0,
  dropout: null,
  variation: null,
  batch: { values: new Uint8Array(), scale: 1, positions: new Uint32Array(), labels: new Uint8Array(), weights: null },
};

afterEach(() => {
  vi.restoreAllMocks();
});

/** The parts that an action of 20 is done in, two threads taking so many milliseconds for a part each. */
function runsOf(action: PacedAction): number[] {
  const runs: number[] = [];
  for (let part = 0; part < action.parts; ) {
    const next = action.performFrom(part, CALL);
    runs.push(next - part);
    part = next;
  }
  return runs;
}

/** An action of 20 parts, of which each takes `ms` on one of two threads. */
function actionOf(ms: () => number): PacedAction {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const perform = (_: WasmCall, from: number, to: number) => {
    now += Math.ceil((to - from) / 2) * ms();
  };
  return new PacedAction({ parts: 20, perform }, 2);
}

test('what is quick is done at once, but for the first time', () => {
  const action = actionOf(() => 0.01);
  expect(runsOf(action)).toEqual([2, 18]);
  expect(runsOf(action)).toEqual([20]);
});

test('what takes long is done in parts of at most 40 ms, and one for each thread where one takes longer', () => {
  expect(runsOf(actionOf(() => 10))).toEqual([2, 8, 8, 2]);
  expect(runsOf(actionOf(() => 300))).toEqual(Array.from({ length: 10 }, () => 2));
});

test('parts grow again where they have become quick', () => {
  let ms = 300;
  const action = actionOf(() => ms);
  runsOf(action);
  ms = 1;
  expect(runsOf(action)).toEqual([2, 18]);
});
