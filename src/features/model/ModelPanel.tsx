import { lazy, Suspense, useEffect, useMemo, useReducer } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { Toast } from '../../ui/Toast.tsx';
import { useDraft, useLab, useRun } from '../lab.tsx';
import { createPanelActions } from './create-panel-actions.ts';
import { LayerStack } from './LayerStack.tsx';
import { CLOSED_PANEL, type Note, panelAfter, type Said } from './panel.ts';
import { PanelContext, usePanelActions } from './panel-actions.ts';
import { Totals } from './Totals.tsx';
import './model.css';

const importBeside = () => import('./Beside.tsx');

/** Menus and dialogs come in a chunk of their own. */
const Beside = lazy(() => importBeside().then((module) => ({ default: module.Beside })));

/** The Model column: the layers of the draft, how to change them, and what they cost. */
export function ModelPanel() {
  const { draft } = useLab();
  const [panel, dispatch] = useReducer(panelAfter, CLOSED_PANEL);
  const actions = useMemo(() => createPanelActions(draft, dispatch), [draft]);
  useEffect(() => {
    // Soon after the first paint, so that what is typed right after A finds its field.
    void importBeside();
  }, []);
  return (
    <PanelContext value={actions}>
      <section className="col col-model" aria-labelledby="model-heading">
        <div className="col-head">
          <h2 id="model-heading">Model</h2>
          <DraftTag />
          <span className="grow" />
          <UndoButtons />
          <Button
            variant="quiet"
            icon="more"
            label="More for the model"
            aria-haspopup="dialog"
            onClick={({ currentTarget }) => actions.open({ kind: 'model-menu', anchor: currentTarget })}
          />
          <AddLayer openId={panel.openId} />
        </div>
        <LayerStack panel={panel} />
        <Totals />
        <Suspense fallback={null}>{panel.opened && <Beside opened={panel.opened} />}</Suspense>
        <PanelToast note={panel.note} />
        <Announcements said={panel.said} />
      </section>
    </PanelContext>
  );
}

/** Says that the panel shows what comes next, not what is in training. */
function DraftTag() {
  const draft = useDraft((state) => state);
  const run = useRun((current) => current);
  if (run === null || run.draft === draft) return null;
  return (
    <span className="tagline" title={`Run ${run.number} keeps the model and the recipe that it started with`}>
      Draft for run {run.number + 1}
    </span>
  );
}

function UndoButtons() {
  const { draft } = useLab();
  const undoes = useStore(draft.history, ({ pastStates }) => pastStates.length > 0);
  const redoes = useStore(draft.history, ({ futureStates }) => futureStates.length > 0);
  return (
    <>
      <Button variant="quiet" icon="undo" label="Undo" disabled={!undoes} onClick={draft.undo} />
      <Button variant="quiet" icon="redo" label="Redo" disabled={!redoes} onClick={draft.redo} />
    </>
  );
}

/** Adds a layer below the open one, or before the output. */
function AddLayer({ openId }: { readonly openId: string | null }) {
  const { open } = usePanelActions();
  const layers = useDraft(({ network }) => network.layers);
  const at = layers.findIndex((layer) => layer.id === openId);
  const index = at >= 0 ? at + 1 : Math.max(0, layers.length - 1);
  return (
    <Button
      className="btn-add"
      variant="outline"
      icon="plus"
      aria-haspopup="dialog"
      onClick={({ currentTarget }) => open({ kind: 'palette', index, anchor: currentTarget })}
    >
      Layer
    </Button>
  );
}

/** A short message; a deletion can be taken back in it, until something else has changed. */
function PanelToast({ note }: { readonly note: Note | null }) {
  const { undoDeletion, dismiss } = usePanelActions();
  const draft = useDraft((state) => state);
  if (note === null) return null;
  const { message, count, undo } = note;
  if (undo !== null && undo.draft !== draft) return null;
  const onUndo = undo === null ? undefined : () => undoDeletion(undo.id);
  return <Toast key={count} message={message} onUndo={onUndo} onDone={dismiss} />;
}

/** What the last edit did, for readers. */
function Announcements({ said }: { readonly said: Said }) {
  return (
    <p className="vh" aria-live="polite">
      <span key={said.count}>{said.text}</span>
    </p>
  );
}
