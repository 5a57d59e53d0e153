import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Cell } from '../../core/dataset/table.ts';

/** The row in the prediction form, where it is not the typical one. */
export interface TypedRow {
  /** The id of the data set that it belongs to. */
  readonly dataset: string;
  readonly cells: readonly Cell[];
  /** The test row that it began with; null where it began with the typical one. */
  readonly origin: { readonly place: number; readonly label: number } | null;
  /** Whether a cell was changed since. */
  readonly changed: boolean;
}

/** A row that outlasts the tab that shows it; null for the typical row. */
export type RowStore = StoreApi<TypedRow | null>;

export function createRowStore(): RowStore {
  return createStore<TypedRow | null>(() => null);
}
