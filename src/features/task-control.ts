import type { Assignment } from '../core/classroom/assignment.ts';
import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { Setup } from '../core/training/setup.ts';
import type { Draft } from '../state/draft.ts';
import { showDraft } from '../state/draft-store.ts';
import type { Lab } from '../state/lab.ts';
import { draftText, parseDraft } from '../state/saved-draft.ts';
import { begun, progressText, readProgress, type TaskProgress } from '../state/task-progress.ts';
import { type LessonNotes, TASK_NOTE } from './lesson-notes.ts';
import { draftFor } from './offer.ts';

/** The name of the note about an assignment. */
export function noteOf(id: string): string {
  return `${TASK_NOTE} ${id}`;
}

/**
 * Opens an assignment: as it was left, or from its beginning. Its data set has to be open. The draft that was there is kept until the
 * assignment is left.
 */
export function beginTask(lab: Lab, notes: LessonNotes, assignment: Assignment, setup: Setup): void {
  const { id, source, start } = assignment;
  const now = lab.draft.store.getState();
  const open = readProgress(notes.read(noteOf(notes.read(TASK_NOTE) ?? '')));
  // From one assignment into another: what was there before the first comes back in the end.
  const before = open?.progress.before ?? draftText(now);
  if (open !== null) keep(notes, open.assignment.id, { ...open.progress, draft: draftText(now) });
  const found = readProgress(notes.read(noteOf(id)));
  // An assignment of the same id with another text is another one.
  const kept = found?.progress.source === source ? found.progress : null;
  const left = kept?.draft == null ? null : parseDraft(kept.draft, setup.dataset);
  const draft: Draft = left ?? { ...setup, presetId: start.presetId, change: 'begin the assignment' };
  const { lastNumber } = lab.runs.store.getState();
  keep(notes, id, { ...(kept ?? begun(source, before, lastNumber + 1)), before, draft: null });
  notes.write(TASK_NOTE, id);
  showDraft(lab.draft, draft);
}

/** Leaves the assignment that is open: the draft from before comes back, and Undo leads to the one of the assignment. */
export async function leaveTask(lab: Lab, notes: LessonNotes, id: string): Promise<void> {
  const found = readProgress(notes.read(noteOf(id)));
  notes.write(TASK_NOTE, '');
  if (found === null) return;
  const { progress } = found;
  keep(notes, id, { ...progress, draft: draftText(lab.draft.store.getState()) });
  const specs = [...lab.dataSet.sources.getState().values()].flatMap(({ expected }) => expected ?? []);
  const dataset = [lab.draft.store.getState().dataset, ...specs].find((spec) => isDraftOf(progress.before, spec));
  // A data set that is gone takes its draft along.
  const before = dataset === undefined ? null : parseDraft(progress.before, dataset);
  if (dataset === undefined || before === null) return;
  if (lab.dataSet.ensureOpen(dataset, () => undefined)) await draftFor(dataset, lab.draft.store);
  lab.draft.replace({ ...before, change: 'leave the assignment' });
}

function isDraftOf(text: string, dataset: DatasetSpec): boolean {
  return parseDraft(text, dataset) !== null;
}

/** Writes down how far somebody is. */
export function keep(notes: LessonNotes, id: string, progress: TaskProgress): void {
  notes.write(noteOf(id), progressText(progress));
}
