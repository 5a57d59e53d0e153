import { beforeEach, expect, test } from 'vitest';
import type { Alike } from '../../../src/core/explaining/alike.ts';
import type { Command } from '../../../src/protocol/commands.ts';
import { createAlikeQuestions } from '../../../src/state/alike.ts';

const NOBODY: Alike = { type: 'noNetwork' };

let sent: Command[];
let questions: ReturnType<typeof createAlikeQuestions>;
let interest: AbortController;
let heard: number[][];

beforeEach(() => {
  sent = [];
  heard = [];
  interest = new AbortController();
  questions = createAlikeQuestions((command) => void sent.push(command));
});

function ask() {
  const onProgress = (done: number, total: number) => void heard.push([done, total]);
  return questions.find(new Uint8Array(784), 7, { signal: interest.signal, onProgress });
}

test('who asks hears how far the search is, and then the answer', async () => {
  const answer = ask();
  expect(sent).toEqual([{ type: 'findAlike', request: 1, pixels: new Uint8Array(784), k: 7 }]);
  questions.receive({ type: 'alikeProgressed', request: 1, done: 100, total: 60_000 });
  questions.receive({ type: 'alikeProgressed', request: 9, done: 1, total: 1 });
  questions.receive({ type: 'alikeFound', request: 1, alike: NOBODY });
  expect(await answer).toEqual(NOBODY);
  expect(heard).toEqual([[100, 60_000]]);
});

test('who loses interest tells the worker, hears no more, and gets the null that it answers', async () => {
  const answer = ask();
  interest.abort();
  expect(sent.at(-1)).toEqual({ type: 'stopAlike', request: 1 });
  questions.receive({ type: 'alikeProgressed', request: 1, done: 100, total: 60_000 });
  questions.receive({ type: 'alikeFound', request: 1, alike: null });
  expect([await answer, heard]).toEqual([null, []]);
});

test('after the answer nothing is left to stop', async () => {
  const answer = ask();
  questions.receive({ type: 'alikeFound', request: 1, alike: NOBODY });
  await answer;
  interest.abort();
  expect(sent).toHaveLength(1);
});

test('a worker that fails ends the wait', async () => {
  const answer = ask();
  questions.receive({ type: 'failed', run: null, error: { name: 'Error', message: 'The worker died.', stack: null } });
  expect(await answer).toBeNull();
});
