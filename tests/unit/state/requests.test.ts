import { beforeEach, expect, test } from 'vitest';
import type { Command } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import { createRequests, isAbort, RequestError, type Requests } from '../../../src/state/requests.ts';

const NO_NETWORK = { type: 'noNetwork' } as const;

let sent: Command[];
let requests: Requests;
let cancellation: AbortController;
let heard: number[];

beforeEach(() => {
  sent = [];
  heard = [];
  cancellation = new AbortController();
  requests = createRequests((command) => void sent.push(command));
});

const question = { pixels: new Uint8Array(784), k: 7 };

function askForNeighbours() {
  const onProgress = ({ done }: { readonly done: number }) => void heard.push(done);
  return requests.ask('featureNeighbours', question, { signal: cancellation.signal, onProgress });
}

function progress(request: number, done: number): WorkerEvent {
  return { type: 'requestProgressed', request, name: 'featureNeighbours', progress: { done, total: 60_000 } };
}

const answered = (request: number): WorkerEvent => ({
  type: 'answered',
  request,
  name: 'featureNeighbours',
  answer: NO_NETWORK,
});

test('answers find whoever asked, in whatever order they come', async () => {
  const images = (index: number) => requests.ask('images', { split: 'test', indices: Uint32Array.of(index) });
  const [one, two] = [images(1), images(2)];
  expect(sent).toEqual([
    { type: 'ask', request: 1, name: 'images', question: { split: 'test', indices: Uint32Array.of(1) } },
    { type: 'ask', request: 2, name: 'images', question: { split: 'test', indices: Uint32Array.of(2) } },
  ]);
  requests.receive({ type: 'answered', request: 2, name: 'images', answer: Uint8Array.of(2) });
  requests.receive({ type: 'answered', request: 1, name: 'images', answer: Uint8Array.of(1) });
  expect([await one, await two]).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
});

test('whoever asks hears how far their own request is, and then the answer', async () => {
  const answer = askForNeighbours();
  requests.receive(progress(1, 100));
  requests.receive(progress(9, 1));
  requests.receive(answered(1));
  requests.receive(progress(1, 200));
  expect(await answer).toEqual(NO_NETWORK);
  expect(heard).toEqual([100]);
});

test('a refusal rejects with the name and the sentence of the error', async () => {
  const answer = askForNeighbours();
  const error = { name: 'GpuLostError', message: 'The GPU was lost.', stack: null };
  requests.receive({ type: 'refused', request: 1, error });
  const rejection = await answer.catch((reason: unknown) => reason);
  expect(rejection).toBeInstanceOf(RequestError);
  expect(rejection).toMatchObject({ name: 'GpuLostError', message: 'The GPU was lost.' });
  expect(isAbort(rejection)).toBe(false);
});

test('one that made way for a newer request is told from one that failed by its name', async () => {
  const answer = askForNeighbours();
  const error = { name: 'AbortError', message: 'A newer request replaced this one.', stack: null };
  requests.receive({ type: 'refused', request: 1, error });
  expect(isAbort(await answer.catch((reason: unknown) => reason))).toBe(true);
});

test('whoever cancels rejects at once, tells the worker, and hears no more', async () => {
  const answer = askForNeighbours();
  cancellation.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  expect(sent.at(-1)).toEqual({ type: 'cancel', request: 1 });
  requests.receive(progress(1, 100));
  requests.receive(answered(1));
  expect(heard).toEqual([]);
});

test('a request that was cancelled before it was made is not sent', async () => {
  cancellation.abort();
  await expect(askForNeighbours()).rejects.toMatchObject({ name: 'AbortError' });
  expect(sent).toEqual([]);
});

test('after the answer nothing is left to cancel', async () => {
  const answer = askForNeighbours();
  requests.receive(answered(1));
  await answer;
  cancellation.abort();
  expect(sent).toHaveLength(1);
});

test('a worker that dies rejects all that is under way, and nothing is left to cancel', async () => {
  const waiting = [askForNeighbours(), requests.ask('weights', { run: 1 })];
  requests.rejectAll({ name: 'WorkerError', message: 'Out of memory.', stack: null });
  for (const request of waiting)
    await expect(request).rejects.toMatchObject({ name: 'WorkerError', message: 'Out of memory.' });
  cancellation.abort();
  expect(sent).toHaveLength(2);
});
