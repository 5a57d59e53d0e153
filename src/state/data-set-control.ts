import { createStore, type StoreApi } from 'zustand/vanilla';
import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { Command, DatasetSource } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import { type DataSet, dataSetAfter, emptyDataSet } from './data-set.ts';
import type { Draft } from './draft.ts';
import type { DraftStore } from './draft-store.ts';

/** Data sets by their address. */
type Sources = ReadonlyMap<string, DatasetSource>;

/** The data set that is open, and those that can be. */
export interface DataSetControl {
  readonly store: StoreApi<DataSet>;
  /** Where each data set is that can be opened, by its address. */
  readonly sources: StoreApi<Sources>;
  /** Fetches again what failed. */
  retry(): void;
  /** Has what is open streamed again: another worker has none of it. */
  reopen(): void;
  /** Whether a data set is the one that is open. */
  isOpen(dataset: DatasetSpec): boolean;
  /** Whether a data set is open, or is known from where it can be opened. */
  isAvailable(dataset: DatasetSpec): boolean;
  /** More data sets that can be opened. */
  know(sources: readonly DatasetSource[]): void;
  /** A data set is not there any more; one that is open stays until another is opened. */
  forget(baseUrl: string): void;
  /** Has a data set streamed from now on; the worker drops a run of the one before. */
  open(source: DatasetSource): void;
  /** Opens a data set unless it is open; `beforeOpening` saves what would be lost. False where it is not available. */
  ensureOpen(dataset: DatasetSpec, beforeOpening: () => void): boolean;
  receive(event: WorkerEvent): void;
}

/** What the control over the data set stands on. */
export interface DataSetControlOptions {
  readonly sources: readonly [DatasetSource, ...DatasetSource[]];
  readonly draft: DraftStore;
  draftFor(dataset: DatasetSpec): Draft;
  send(command: Command): void;
}

/** Control over the data set: where each is, which one is open, and a draft that is for it. */
export function createDataSetControl({ sources, draft, draftFor, send }: DataSetControlOptions): DataSetControl {
  const [first] = sources;
  const initial = first.expected ?? draft.store.getState().dataset;
  const store = createStore<DataSet>(() => emptyDataSet(first.baseUrl, initial));
  const known = createStore<Sources>(() => new Map(sources.map((source) => [source.baseUrl, source])));
  const sourceAt = (baseUrl: string) => known.getState().get(baseUrl);
  const know = (more: readonly DatasetSource[]) =>
    known.setState((state) => new Map([...state, ...more.map((source) => [source.baseUrl, source] as const)]), true);
  const forget = (baseUrl: string) =>
    known.setState((state) => new Map([...state].filter(([address]) => address !== baseUrl)), true);
  /** The address of an open one that is not there any more; null where that has not happened. */
  let gone: string | null = null;
  // Until its manifest has said so, nobody knows what an unexpected data set is.
  const isOpen = (dataset: DatasetSpec) => {
    const expected = sourceAt(store.getState().baseUrl)?.expected ?? null;
    return expected !== null && isSameDataset(expected, dataset);
  };
  const sourceOf = (dataset: DatasetSpec) =>
    [...known.getState().values()].find(({ expected }) => expected !== null && isSameDataset(expected, dataset));
  const open = (source: DatasetSource) => {
    if (gone !== null && gone !== source.baseUrl) forget(gone);
    gone = null;
    know([source]);
    store.setState((state) => emptyDataSet(source.baseUrl, source.expected ?? state.spec), true);
    send({ type: 'openDataset', source });
  };
  return {
    store,
    sources: known,
    know,
    forget(baseUrl) {
      if (baseUrl === store.getState().baseUrl) gone = baseUrl;
      else forget(baseUrl);
    },
    open,
    isOpen,
    reopen() {
      const { baseUrl } = store.getState();
      open(sourceAt(baseUrl) ?? { baseUrl, expected: null, pretrainedUrl: null });
    },
    retry: () => send({ type: 'retryData' }),
    isAvailable: (dataset) => isOpen(dataset) || sourceOf(dataset) !== undefined,
    ensureOpen(dataset, beforeOpening) {
      if (isOpen(dataset)) return true;
      const source = sourceOf(dataset);
      if (source === undefined) return false;
      beforeOpening();
      open(source);
      return true;
    },
    receive(event) {
      if (event.type !== 'datasetOpened' || event.baseUrl !== store.getState().baseUrl) {
        store.setState((state) => dataSetAfter(state, event), true);
        return;
      }
      const { baseUrl } = event;
      const next = dataSetAfter(store.getState(), event);
      const { spec } = next;
      // Who listens to the store already finds the data set open.
      know([{ pretrainedUrl: null, ...sourceAt(baseUrl), baseUrl, expected: spec }]);
      store.setState(next, true);
      if (!isSameDataset(draft.store.getState().dataset, spec)) draft.replace(draftFor(spec));
    },
  };
}
