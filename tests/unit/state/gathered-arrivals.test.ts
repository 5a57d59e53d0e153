import { expect, test } from 'vitest';
import type { Command } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import type { Port } from '../../../src/protocol/port.ts';
import { gatheredArrivals } from '../../../src/state/gathered-arrivals.ts';

const TOTAL = 5;

/** The n-th shard of five. */
function shard(n: number): WorkerEvent {
  const arrival = { split: 'train', first: 0, labels: new Uint8Array(), preview: new Uint8Array() } as const;
  return { type: 'shardArrived', baseUrl: '/data/', arrival: { ...arrival, shardsArrived: n, shardsTotal: TOTAL } };
}

const stopped: WorkerEvent = {
  type: 'streamFailed',
  baseUrl: '/data/',
  failure: { code: 'offline', message: 'Gone.' },
};

/** A page that hears of shards by their number, and of all else by its type; the time comes when a test says so. */
function page() {
  const due: (() => void)[] = [];
  const heard: (number | string)[] = [];
  const sent: Command[] = [];
  let say: (event: WorkerEvent) => void = () => undefined;
  const port: Port<Command, WorkerEvent> = {
    postMessage: (command) => void sent.push(command),
    addEventListener: (_, listener) => {
      say = (data) => listener({ data });
    },
  };
  const gathered = gatheredArrivals(port, (callback) => void due.push(callback));
  gathered.addEventListener('message', ({ data }) => {
    heard.push(data.type === 'shardArrived' ? data.arrival.shardsArrived : data.type);
  });
  const pass = () => {
    for (const callback of due.splice(0)) callback();
  };
  return { gathered, heard, sent, pass, say: (event: WorkerEvent) => say(event), waits: () => due.length };
}

test('the first and the last shard are heard of at once, those between them in groups', () => {
  const { heard, say, pass, waits } = page();
  say(shard(1));
  expect(heard).toEqual([1]);
  say(shard(2));
  say(shard(3));
  expect(heard).toEqual([1]);
  expect(waits()).toBe(1);
  pass();
  expect(heard).toEqual([1, 2, 3]);
  say(shard(4));
  expect(heard).toEqual([1, 2, 3]);
  say(shard(5));
  expect(heard).toEqual([1, 2, 3, 4, 5]);
  pass();
  expect(heard).toEqual([1, 2, 3, 4, 5]);
});

test('nothing else waits, nor overtakes a shard', () => {
  const { gathered, heard, sent, say } = page();
  say(shard(2));
  say(stopped);
  expect(heard).toEqual([2, 'streamFailed']);
  gathered.postMessage({ type: 'pause', run: 1 }, []);
  expect(sent).toEqual([{ type: 'pause', run: 1 }]);
});
