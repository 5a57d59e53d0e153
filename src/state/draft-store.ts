import { type TemporalState, temporal } from 'zundo';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Edit } from '../core/network/network.ts';
import type { Preset } from '../core/network/presets/preset.ts';
import type { OptimizerKind } from '../core/training/optimizers/registry.ts';
import type { Recipe } from '../core/training/recipe.ts';
import { type Draft, draftOf, withEdits, withOptimizer, withRecipe } from './draft.ts';
import { unless } from './tab.ts';

/** How many steps back Undo goes. */
const HISTORY_LIMIT = 200;

/** Changes of the same option within this many milliseconds are one step of Undo, such as the moves of a slider. */
const COALESCING_INTERVAL = 800;

/** The draft with its history. Every call is one step of Undo, but for changes of one option in quick succession. */
export interface DraftStore {
  readonly store: StoreApi<Draft>;
  /** Past and future drafts, for the state of the Undo and Redo buttons. */
  readonly history: StoreApi<TemporalState<Draft>>;
  edit(edits: readonly Edit[], change: string): void;
  setRecipe(values: Partial<Recipe>, change: string): void;
  setOptimizer(kind: OptimizerKind): void;
  choose(preset: Preset): void;
  /** Puts another draft in the place of this one. */
  replace(draft: Draft): void;
  undo(): void;
  redo(): void;
  /** Tells the listener what each Undo took back and each Redo did again; gives a function that ends it. */
  onStep(listener: StepListener): () => void;
}

/** Hears of a step through the history, with the change that it was about: `undone`, `insert Conv2D`. */
export type StepListener = (direction: 'undone' | 'redone', change: string) => void;

/** What the store changed last; changes with the same `series` carry each other on, those without one never do. */
interface LastChange {
  readonly draft: Draft;
  readonly at: number;
  readonly series: string | null;
}

/** The options that edits set, as one text; null where they do anything else. */
function seriesOf(edits: readonly Edit[]): string | null {
  const options = edits.map((edit) => (edit.type === 'setOptions' ? `${edit.id} ${Object.keys(edit.values)}` : null));
  return options.includes(null) ? null : options.join();
}

/** Undo and Redo, and who hears of them. */
function createSteps(store: StoreApi<Draft> & { readonly temporal: StoreApi<TemporalState<Draft>> }) {
  const listeners = new Set<StepListener>();
  const tell: StepListener = (direction, change) => {
    for (const listener of listeners) listener(direction, change);
  };
  return {
    undo() {
      const { pastStates, undo } = store.temporal.getState();
      const { change } = store.getState();
      if (pastStates.length === 0) return;
      undo();
      tell('undone', change);
    },
    redo() {
      const { futureStates, redo } = store.temporal.getState();
      if (futureStates.length === 0) return;
      redo();
      tell('redone', store.getState().change);
    },
    onStep(listener: StepListener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A store that begins with `initial`. `now` gives milliseconds. */
export function createDraftStore(initial: Draft, now: () => number = () => performance.now()): DraftStore {
  let last: LastChange = { draft: initial, at: Number.NEGATIVE_INFINITY, series: null };
  let series: string | null = null;
  const store = createStore<Draft>()(
    temporal(() => initial, {
      limit: HISTORY_LIMIT,
      equality: (past, current) => past === current,
      handleSet: (record) => (past, _replace, current) => {
        const carriesOn =
          series !== null && series === last.series && past === last.draft && now() - last.at < COALESCING_INTERVAL;
        last = { draft: current, at: now(), series };
        if (!carriesOn) record(past);
      },
    }),
  );
  const apply = (next: (draft: Draft) => Draft, of: string | null = null) => {
    series = of;
    store.setState(next, true);
  };
  return {
    store,
    history: store.temporal,
    edit: (edits, change) => apply((draft) => withEdits(draft, edits, change), seriesOf(edits)),
    setRecipe: (values, change) => apply((draft) => withRecipe(draft, values, change), `recipe ${Object.keys(values)}`),
    setOptimizer: (kind) => apply((draft) => withOptimizer(draft, kind)),
    choose: (preset) => apply((draft) => draftOf(preset, draft.recipe.seed)),
    replace: (draft) => apply(() => draft),
    ...createSteps(store),
  };
}

/** The same draft, which nobody changes through it while `isLocked`. */
export function lockableDraft(draft: DraftStore, isLocked: () => boolean): DraftStore {
  const { edit, setRecipe, setOptimizer, choose, replace, undo, redo } = draft;
  return {
    ...draft,
    edit: unless(isLocked, edit),
    setRecipe: unless(isLocked, setRecipe),
    setOptimizer: unless(isLocked, setOptimizer),
    choose: unless(isLocked, choose),
    replace: unless(isLocked, replace),
    undo: unless(isLocked, undo),
    redo: unless(isLocked, redo),
  };
}

/** Shows the draft of another tab, which is no step of this one's Undo. */
export function showDraft({ store, history }: DraftStore, draft: Draft): void {
  const { pause, resume, clear } = history.getState();
  pause();
  store.setState(draft, true);
  resume();
  clear();
}
