import { isSameDataset } from '../../core/dataset/spec.ts';
import { appended } from '../../core/training/series.ts';
import { SHIPPED_DATASETS } from '../../datasets/all-datasets.ts';
import { withDraftOf } from '../../state/archive.ts';
import { showDraft } from '../../state/draft-store.ts';
import type { Lab } from '../../state/lab.ts';
import type { Run } from '../../state/run.ts';
import { allRuns } from '../../state/runs.ts';
import { draftText, parseDraft } from '../../state/saved-draft.ts';
import { runOf } from '../archive/run-records.ts';
import { parseShared, type Shared } from './messages.ts';

/** Reads along with the tab that works. */
export interface Following {
  /** Shows what that tab shares. False where something in between is missing, so that everything has to be sent again. */
  take(value: unknown): boolean;
  stop(): void;
}

/** Shows runs and draft of the tab that works in the lab of this one, which changes nothing meanwhile. */
export function createFollowing(lab: Pick<Lab, 'runs' | 'draft' | 'dataSet'>): Following {
  const { runs, draft, dataSet } = lab;
  let known: ReadonlyMap<number, Run> | null = null;
  let shown: Pick<Shared, 'current' | 'lastNumber' | 'dataset' | 'draft'> | null = null;

  const place = () => {
    if (known === null || shown === null) return;
    takeDraft(lab, shown);
    const drafted = draft.store.getState();
    const all = allRuns({ current: null, earlier: [...known.values()] }).map((run) => withDraftOf(run, drafted));
    const current = known.get(shown.current ?? 0) ?? null;
    // The results show a run together with samples of its data set.
    const isHere = current !== null && dataSet.isOpen(current.draft.dataset);
    const number = isHere ? current.number : null;
    runs.store.setState({
      current: all.find((run) => run.number === number) ?? null,
      earlier: all.filter((run) => run.number !== number).toSorted((a, b) => b.number - a.number),
      lastNumber: shown.lastNumber,
    });
  };
  const stop = dataSet.store.subscribe(({ spec }, before) => spec !== before.spec && place());
  return {
    take(value) {
      const shared = parseShared(value);
      const next = shared && knownAfter(shared.whole ? new Map() : known, shared);
      if (next === null) return false;
      known = next;
      shown = shared;
      place();
      return true;
    },
    stop,
  };
}

/** The runs after a message; null where one before it is missing, or one cannot be read. */
function knownAfter(before: ReadonlyMap<number, Run> | null, shared: Shared): ReadonlyMap<number, Run> | null {
  if (before === null) return null;
  const known = new Map(before);
  for (const number of shared.removed) known.delete(number);
  for (const { number, from, record } of shared.runs) {
    const reading = runOf(record, number);
    if (typeof reading === 'string') return null;
    const run = from === 0 ? reading.found : continued(known.get(number), from, reading.found);
    if (run === null) return null;
    known.set(number, run);
  }
  return known;
}

/** A run of which `tail` has the steps from `from` on, beside those that are thinned; null where those before are not known. */
function continued(before: Run | undefined, from: number, tail: Run): Run | null {
  if (before === undefined || before.losses.length < from) return null;
  const losses = appended(before.losses, from, tail.losses);
  return { ...tail, losses, accuracies: appended(before.accuracies, from, tail.accuracies) };
}

/** Shows the draft of the other tab, after opening its data set; nothing where that is not known here. */
function takeDraft({ draft, dataSet }: Pick<Lab, 'draft' | 'dataSet'>, shown: Pick<Shared, 'dataset' | 'draft'>): void {
  const now = draft.store.getState();
  const specs = [now.dataset, dataSet.store.getState().spec, ...SHIPPED_DATASETS.map(({ spec }) => spec)];
  const spec = specs.find(({ id }) => id === shown.dataset);
  const parsed = spec === undefined ? null : parseDraft(shown.draft, spec);
  if (parsed === null || !dataSet.ensureOpen(parsed.dataset, () => undefined)) return;
  const isShown = isSameDataset(now.dataset, parsed.dataset) && draftText(now) === shown.draft;
  if (!isShown) showDraft(draft, parsed);
}
