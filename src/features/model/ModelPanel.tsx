import { useMemo, useReducer } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { Toast } from '../../ui/Toast.tsx';
import { useDraft, useLab, useRun } from '../lab.tsx';
import { LayerMenu } from './LayerMenu.tsx';
import { LayerPalette } from './LayerPalette.tsx';
import { LayerStack } from './LayerStack.tsx';
import { ModelMenu } from './ModelMenu.tsx';
import { CLOSED_PANEL, type Deletion, type Opened, panelAfter, type Said } from './panel.ts';
import { createPanelActions, PanelContext, usePanelActions } from './panel-actions.ts';
import { Totals } from './Totals.tsx';
import './model.css';

/** The Model column: the layers of the draft, how to change them, and what they cost. */
export function ModelPanel() {
  const { draft } = useLab();
  const [panel, dispatch] = useReducer(panelAfter, CLOSED_PANEL);
  const actions = useMemo(() => createPanelActions(draft, dispatch), [draft]);
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
        {panel.opened && <Beside opened={panel.opened} />}
        <UndoToast deletion={panel.deletion} />
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

/** What is open beside its control. */
function Beside({ opened }: { readonly opened: Opened }) {
  switch (opened.kind) {
    case 'palette':
      return <LayerPalette index={opened.index} anchor={opened.anchor} />;
    case 'layer-menu':
      return <LayerMenu id={opened.id} anchor={opened.anchor} />;
    case 'model-menu':
      return <ModelMenu anchor={opened.anchor} />;
    case 'summary':
      return null;
    default:
      return opened satisfies never;
  }
}

/** Offers to take a deletion back, until something else has changed. */
function UndoToast({ deletion }: { readonly deletion: Deletion | null }) {
  const { undoDeletion, dismiss } = usePanelActions();
  const draft = useDraft((state) => state);
  if (deletion === null || deletion.draft !== draft) return null;
  const { message, id } = deletion;
  return <Toast key={`${id} ${message}`} message={message} onUndo={() => undoDeletion(id)} onDone={dismiss} />;
}

/** What the last edit did, for readers. */
function Announcements({ said }: { readonly said: Said }) {
  return (
    <p className="vh" aria-live="polite">
      <span key={said.count}>{said.text}</span>
    </p>
  );
}
