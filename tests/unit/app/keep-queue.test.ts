import { beforeEach, expect, test, vi } from 'vitest';
import { Database } from '../../../src/app/archive/database.ts';
import { Owner } from '../../../src/app/archive/owner.ts';
import { keepQueue } from '../../../src/app/keep-queue.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { FakeWorker } from '../state/fake-worker.ts';
import { draft } from './archive/full-run.ts';
import { emptyBrowser, storedRecords, storeRecords } from './archive/support.ts';

beforeEach(emptyBrowser);

const plans = ['one', 'two', 'three'].map((name) => ({ name, draft, judgesTest: false }));
const queueOf = (lab: Lab) => lab.runs.queue.store.getState();

/** A visit in a tab of this name. */
async function visit(tab = 'a', { isFirst = true, lab = new FakeWorker().lab() } = {}) {
  const database = new Database();
  const owner = new Owner(tab);
  await owner.claim(database);
  const end = new AbortController();
  await keepQueue({ lab, database, owner, signal: end.signal, isFirst });
  return { lab, end };
}

/** Waits until the record of the queue is as given. */
const isStored = (record: object) =>
  vi.waitFor(async () => expect((await storedRecords('queue'))['runs']).toMatchObject(record));

test('the runs of a sweep that were to come are there on the next visit, and none starts by itself', async () => {
  const { lab } = await visit();
  lab.runs.queue.start('sweep', plans);
  await isStored({ version: 1, kind: 'queue', queue: { plans: [{ run: 1 }, { run: null }, { run: null }] } });
  expect(lab.storage.store.getState().bytes.queue).toBeGreaterThan(100);
  const next = await visit();
  expect(queueOf(next.lab)).toMatchObject({ purpose: 'sweep', state: 'idle' });
  expect(queueOf(next.lab).plans).toEqual(queueOf(lab).plans);
  expect(next.lab.storage.store.getState().problems).toEqual([]);
});

test('what a tab has begun stays, and what another one has left is taken over', async () => {
  const first = await visit();
  first.lab.runs.queue.start('sweep', plans);
  await isStored({ queue: { purpose: 'sweep' } });
  const lab = new FakeWorker().lab();
  lab.runs.queue.start('demo noise', plans.slice(1));
  await visit('b', { lab });
  expect(queueOf(lab).purpose).toBe('demo noise');
  await isStored({ queue: { purpose: 'demo noise' } });
  const back = await visit('a', { lab: first.lab, isFirst: false });
  expect(queueOf(back.lab)).toMatchObject({ purpose: 'demo noise', state: 'idle' });
});

test('a tab whose work was taken writes nothing', async () => {
  const first = await visit('a');
  await visit('b');
  first.lab.runs.queue.start('sweep', plans);
  await vi.waitFor(() => expect(first.lab.storage.store.getState().problems).toEqual([{ kind: 'elsewhere' }]));
  expect(await storedRecords('queue')).toEqual({});
});

test.each([
  ['newer', { version: 2, kind: 'queue', steps: [] }],
  ['unreadable', { version: 1, kind: 'queue', queue: { purpose: 'sweep', plans: [{ name: 'one' }] } }],
])('a %s record is told and left out', async (kind, record) => {
  await storeRecords({ queue: { runs: record } });
  const { lab } = await visit();
  expect(queueOf(lab).plans).toEqual([]);
  expect(lab.storage.store.getState().problems).toEqual([{ kind, what: 'queue', count: 1 }]);
  lab.runs.queue.start('sweep', plans);
  const isWritten = isStored({ queue: { purpose: 'sweep' } });
  if (kind === 'newer') await expect(isWritten).rejects.toThrow();
  else await isWritten;
});
