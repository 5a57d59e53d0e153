import { beforeEach, expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import type { BackendAnswer, BackendQuestion } from '../../../src/state/backend-gate.ts';
import { draftOf } from '../../../src/state/draft.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { settled } from '../support/turns.ts';
import { FASHION_SOURCE, FakeWorker } from './fake-worker.ts';

let worker: FakeWorker;
let lab: Lab;
let asked: BackendQuestion[];
let answer: (answer: BackendAnswer | null) => Promise<void>;
let fail: (error: Error) => Promise<void>;

const TIMES = [{ backend: 'wasm', first: 0.1, step: 0.001 }] as const;

beforeEach(() => {
  worker = new FakeWorker();
  asked = [];
  lab = worker.lab(draftOf(ciutacuCnn, 42), {
    chooseBackend: (question) => {
      asked.push(question);
      return new Promise((resolve, reject) => {
        answer = (given) => {
          resolve(given);
          return settled();
        };
        fail = (error) => {
          reject(error);
          return settled();
        };
      });
    },
  });
});

const open = (fallback: string | null = null) =>
  worker.say({ type: 'opened', report: { backend: 'webgl', device: 'Test GPU', fallback } });

function arrive() {
  const arrival = { split: 'train', first: 0, labels: new Uint8Array(1), preview: new Uint8Array(0) } as const;
  worker.say({ type: 'shardArrived', ...FASHION_SOURCE, arrival: { ...arrival, shardsArrived: 1, shardsTotal: 1 } });
}

function ready() {
  open();
  arrive();
  worker.sent.splice(0);
}

const sent = () =>
  worker.sent.map((command: Command) => (command.type === 'open' ? `open ${command.backend}` : command.type));

test('a run waits for the choice, and begins on the backend that was chosen', async () => {
  ready();
  lab.runs.train('run');
  expect(sent()).toEqual([]);
  expect(asked).toMatchObject([{ open: 'webgl', device: 'Test GPU', steps: 15 * 1875 }]);
  asked[0]?.onContender('wasm');
  expect(lab.decision.getState().trying).toBe('wasm');
  await answer({ backend: 'wasm', times: TIMES });
  expect(sent()).toEqual(['open wasm', 'openDataset', 'train']);
  expect(worker.ended).toBe(1);
  expect(lab.runs.store.getState().current?.backend).toBe('wasm');
  expect(lab.decision.getState()).toEqual({ trying: null, times: TIMES });
});

test('where the one that is open was chosen, or nothing could be found out, the run begins there', async () => {
  ready();
  lab.runs.train('run');
  await answer({ backend: 'webgl', times: TIMES });
  expect(sent()).toEqual(['train']);
  worker.sent.splice(0);
  lab.runs.train('run');
  await fail(new Error('No worker.'));
  expect(sent()).toEqual(['train']);
  expect(lab.decision.getState().trying).toBeNull();
  expect(worker.ended).toBe(0);
});

test('what is asked of the run meanwhile comes after it, and questions do not wait', async () => {
  ready();
  lab.runs.train('run');
  lab.runs.pause();
  void lab.questions.ask('predict', { pixels: new Uint8Array() });
  expect(sent()).toEqual(['ask']);
  await answer({ backend: 'wasm', times: TIMES });
  // The other worker is asked again.
  expect(sent()).toEqual(['ask', 'open wasm', 'openDataset', 'ask', 'train', 'pause']);
});

test('no backend is opened for a run that was reset meanwhile', async () => {
  ready();
  lab.runs.train('run');
  lab.runs.reset();
  await answer({ backend: 'wasm', times: TIMES });
  expect(sent()).toEqual(['train', 'reset']);
});

test('a run that went on in another worker meanwhile is not begun twice', async () => {
  ready();
  lab.runs.train('run');
  worker.say({ type: 'failed', run: null, error: { name: 'GpuLostError', message: 'Lost.', stack: null } });
  open();
  expect(sent()).toEqual(['open webgl', 'openDataset', 'train']);
  await answer({ backend: 'wasm', times: TIMES });
  expect(sent()).toEqual(['open webgl', 'openDataset', 'train']);
});

test('nothing is chosen where there is no graphics processor', () => {
  open('No GPU.');
  arrive();
  worker.sent.splice(0);
  lab.runs.train('run');
  expect(sent()).toEqual(['train']);
  expect(asked).toEqual([]);
});

test('while data still comes, the choice is by what is known', () => {
  open();
  lab.runs.train('run');
  expect(asked).toMatchObject([{ canRace: false }]);
});

test('nothing is chosen for a single batch', () => {
  ready();
  lab.runs.train('batch');
  expect(sent()).toEqual(['train']);
  expect(asked).toEqual([]);
});
