import type { ReadAnswers } from '../state/answers.ts';
import { keepRuns, restorableRuns } from '../state/archive.ts';
import type { DataSetControl } from '../state/data-set-control.ts';
import { showDraft } from '../state/draft-store.ts';
import type { Lab } from '../state/lab.ts';
import { NO_RUNS } from '../state/runs.ts';
import { draftText } from '../state/saved-draft.ts';
import type { StorageControl } from '../state/storage.ts';
import type { Database } from './archive/database.ts';
import { moveFormer } from './archive/former.ts';
import type { FoundTexts } from './archive/found-texts.ts';
import type { KeptTexts } from './archive/kept-texts.ts';
import { Owner } from './archive/owner.ts';
import { problemOf } from './archive/problem-of.ts';
import { createRoom } from './archive/room.ts';
import { RunArchive } from './archive/run-archive.ts';
import { forgetUnsaved } from './keep-draft.ts';
import { keepOpenData, knowOwnData } from './keep-open-data.ts';
import { keepQueue } from './keep-queue.ts';
import { keepTexts } from './keep-texts.ts';
import { openDraft } from './kept-draft.ts';
import { createTabChannel } from './tabs/channel.ts';
import { rememberWork, workedBeforeReload } from './tabs/reloaded.ts';
import { type Keeping, Tabs } from './tabs/tabs.ts';

/** Milliseconds: while a run trains it is kept at most every two seconds, and at least every fifteen. */
const TIMES = { lull: 2000, interval: 15_000 } as const;

/** What keeping stands on. */
export interface KeepingOptions {
  readonly lab: Lab;
  readonly database: Database;
  readonly found: FoundTexts;
  /** Resolves when drafts and settings were looked for. */
  readonly finding: Promise<unknown>;
  /** Ends what holds the draft until it is kept. */
  letGo(): void;
}

/** Where runs cannot be kept. */
const NOTHING: Keeping = { stop: async () => undefined, abandon: () => undefined };

/** Keeps everything that outlasts the page, where no other tab does, and gives what keeps drawings and settings. */
export async function keepLab(options: KeepingOptions): Promise<KeptTexts> {
  const { lab, database, found, finding, letGo } = options;
  const { storage, draft } = lab;
  // Browsers offer locks only on secure pages: without them there is taken to be one tab.
  const id = navigator.locks === undefined ? null : crypto.randomUUID();
  const owner = new Owner(id);
  const keptTexts = finding.then(async () => {
    const texts = await keepTexts({ database, found, storage, draft, owner });
    keepOpenData(lab.dataSet, texts);
    return texts;
  });
  const onFailed = (error: unknown) => storage.report(problemOf(error, 'run'));
  const begin = async (isFirst: boolean, signal: AbortSignal) => {
    const texts = await keptTexts;
    signal.throwIfAborted();
    await owner.claim(database);
    if (!isFirst) await readAgain(options, texts);
    signal.throwIfAborted();
    texts.open();
    // What could not be written is held until it is.
    void texts.written().then((isAll) => isAll && forgetUnsaved(letGo));
    const keeping = await keepLabRuns(options, owner, isFirst, signal).catch((error: unknown) => {
      if (!signal.aborted) onFailed(error);
      return NOTHING;
    });
    return both(texts, keeping);
  };
  const reader = new RunArchive(database, storage);
  lab.runs.answers.addKept(readAnswers(reader, storage));
  lab.runs.curves.addKept(reader.steps);
  if (id === null) begin(true, new AbortController().signal).catch(onFailed);
  else {
    const channel = createTabChannel(new BroadcastChannel('fitting-room'), id);
    const [now, worked] = [() => performance.now(), workedBeforeReload()];
    new Tabs({ lab, locks: navigator.locks, channel, worked, begin, onFailed, now }).start();
    tellElsewhere(lab, letGo);
  }
  return keptTexts;
}

/** Reads answers, also in a tab that reads along, and says where they cannot be read. */
function readAnswers(archive: RunArchive, storage: StorageControl): ReadAnswers {
  return (run, set) =>
    archive.answers(run, set).catch((error: unknown) => {
      storage.report(problemOf(error, 'run'));
      return null;
    });
}

/** Tells the storage's control, and this tab for when it is reloaded, while another tab keeps everything. */
function tellElsewhere({ tab, storage }: Lab, letGo: () => void): void {
  tab.store.subscribe(({ role }, before) => {
    if (role === before.role) return;
    if (role === 'reads') {
      rememberWork(false);
      forgetUnsaved(letGo);
    }
    const problems = storage.store.getState().problems.filter(({ kind }) => kind !== 'elsewhere');
    storage.store.setState({ problems: role === 'works' ? problems : [...problems, { kind: 'elsewhere' }] });
  });
}

/** Runs and texts, kept together. */
function both(texts: KeptTexts, runs: Keeping): Keeping {
  return {
    stop: async () => void (await Promise.all([runs.stop(), texts.close()])),
    abandon() {
      runs.abandon();
      texts.abandon();
    },
  };
}

/** Takes over the draft, the drawings and the settings that another tab has left. */
async function readAgain({ lab: { draft }, found }: KeepingOptions, texts: KeptTexts): Promise<void> {
  await texts.reread();
  const now = draft.store.getState();
  const kept = openDraft(now.dataset, found);
  if (draftText(kept) !== draftText(now)) showDraft(draft, kept);
}

/** Brings back the runs of the last visit, or of the tab that worked before, and keeps them from now on. */
async function keepLabRuns(
  { lab, database, found }: KeepingOptions,
  owner: Owner,
  isFirst: boolean,
  signal: AbortSignal,
): Promise<Keeping> {
  const { runs, draft, dataSet, storage, tab } = lab;
  const work = () => {
    tab.store.setState({ role: 'works', other: null });
    rememberWork(true);
  };
  const archive = new RunArchive(database, storage, { owner });
  const load = async () => {
    await moveFormer(database, found, storage);
    const [loaded] = await Promise.all([archive.load(), datasetKnown(dataSet), knowOwnData(lab)]);
    return loaded;
  };
  const loaded = await load().catch((error: unknown) => {
    // Without an archive this tab works nevertheless.
    if (!signal.aborted) work();
    throw error;
  });
  signal.throwIfAborted();
  if (!isFirst) runs.store.setState({ ...NO_RUNS, lastNumber: runs.store.getState().lastNumber });
  work();
  const kept = restorableRuns(loaded, draft.store.getState());
  if (!runs.restoreKeptRuns(kept, archive.checkpoint)) {
    storage.report({ kind: 'late' });
    return NOTHING;
  }
  await keepQueue({ lab, database, owner, signal, isFirst });
  const room = createRoom(storage);
  void room.look();
  const archiving = keepRuns({
    runs: runs.store,
    archive,
    kept: kept.runs.filter(({ number }) => !kept.older.has(number)),
    checkpoints: runs.checkpoints,
    ...TIMES,
    now: () => performance.now(),
    onWritten(error) {
      if (error !== null) storage.report(problemOf(error, 'run'));
      void room.look();
    },
  });
  const write = () => document.visibilityState === 'hidden' && archiving.write();
  document.addEventListener('visibilitychange', write, { signal });
  return archiving;
}

/** Waits until it is known which data set is open, or that it cannot be read: before, no run is known to be of it. */
function datasetKnown({ store, isOpen }: DataSetControl): Promise<void> {
  const isSettled = () => isOpen(store.getState().spec) || store.getState().failure !== null;
  if (isSettled()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (!isSettled()) return;
      stop();
      resolve();
    });
  });
}
