import { useEffect, useMemo, useReducer, useState } from 'react';
import { useStore } from 'zustand';
import { nameAbove } from '../../core/network/places.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Toast } from '../../ui/overlay/Toast.tsx';
import { useAnalysis } from '../analysis.ts';
import { useDraft, useIsFrozen, useLab, useNextRun, useRun } from '../lab.tsx';
import { useRuling } from '../ruling.tsx';
import { LayerStack } from './builder/LayerStack.tsx';
import { type NextPlace, nextPlace } from './builder/next-place.ts';
import { Totals } from './costs/Totals.tsx';
import { createPanelActions } from './editing/create-panel-actions.ts';
import { lockedActions } from './editing/locked-actions.ts';
import { type Announcement, CLOSED_PANEL, type Note, panelAfter } from './editing/panel.ts';
import { PanelContext, usePanelActions } from './editing/panel-actions.ts';
import { useHistoryWords } from './editing/use-history-words.ts';
import './model.css';
import { part } from '../../ui/card/part.tsx';
import type { BesideProps } from './Beside.tsx';

/**
 * Menus and dialogs come in a chunk of their own, soon after the first paint. Once loaded they open without delay, so
 * that what is typed right after A goes into the field.
 */
const Beside = part(async () => (await import('./Beside.tsx')).Beside, {
  meanwhile: ({ opened, onEarlyTyping }) => opened.kind === 'palette' && <EarlyTyping onTyping={onEarlyTyping} />,
  missing: 'dialog',
});

/** Hears what is typed while the list of layers is asked for and not here yet: it belongs to the field there. */
function EarlyTyping({ onTyping }: { readonly onTyping: BesideProps['onEarlyTyping'] }) {
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || key === 'Tab' || key === 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (key.length === 1) onTyping((before) => before + key);
      if (key === 'Backspace') onTyping((before) => before.slice(0, -1));
    };
    addEventListener('keydown', take, { capture: true });
    return () => {
      removeEventListener('keydown', take, { capture: true });
      onTyping(() => '');
    };
  }, [onTyping]);
  return null;
}

/** The Model column: the layers of the draft, how to change them, and what they cost. */
export function ModelPanel() {
  const { draft } = useLab();
  const [panel, dispatch] = useReducer(panelAfter, CLOSED_PANEL);
  const { networkNote } = useRuling();
  const actions = useMemo(() => {
    const free = createPanelActions(draft, dispatch);
    const refuse = (message: string) => dispatch({ type: 'noted', message, undo: null });
    return networkNote === null ? free : lockedActions(free, () => refuse(networkNote));
  }, [draft, networkNote]);
  useHistoryWords(actions);
  const [typed, setTyped] = useState('');
  useEffect(Beside.load, []);
  const place = nextPlace(useAnalysis(), panel.afterId);
  return (
    <PanelContext value={actions}>
      <section className="col col-model" aria-labelledby="model-heading">
        <div className="col-head">
          <h2 id="model-heading">Model</h2>
          <DraftTag />
          <span className="grow" />
          <span className="model-tools">
            <UndoButtons />
            <Button
              variant="quiet"
              icon="more"
              label="More for the model"
              aria-haspopup="dialog"
              onClick={({ currentTarget }) => actions.open({ kind: 'model-menu', anchor: currentTarget })}
            />
          </span>
          <AddLayer place={place} />
        </div>
        <LayerStack panel={panel} nextIndex={place.index} />
        <Totals />
        {panel.opened && (
          <Beside opened={panel.opened} typed={typed} onEarlyTyping={setTyped} onClose={actions.close} />
        )}
        <PanelToast note={panel.note} />
        <Announcements said={panel.said} />
      </section>
    </PanelContext>
  );
}

/** Says that the panel shows the draft, not the run in training. */
function DraftTag() {
  const run = useRun((current) => current?.number ?? null);
  const isFrozen = useIsFrozen();
  const next = useNextRun();
  if (run === null || isFrozen) return null;
  return (
    <span className="tagline" title={`Run ${run} keeps the model and recipe it started with`}>
      Unsaved changes
      {/* The line below the layers shows it, where the column has no room here. */}
      <span className="vh">{`: Train starts run ${next}`}</span>
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

/** Adds a layer below the one opened or inserted last, or at the end of the features; its tooltip says where. */
function AddLayer({ place }: { readonly place: NextPlace }) {
  const { open } = usePanelActions();
  const { networkNote } = useRuling();
  const above = nameAbove(useAnalysis(), place.index);
  return (
    <Button
      className="btn-add"
      variant="outline"
      icon="plus"
      aria-haspopup="dialog"
      title={`Inserts after ${above}`}
      blocked={networkNote ?? undefined}
      onClick={({ currentTarget }) => open({ kind: 'palette', ...place, anchor: currentTarget })}
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

/** What the last edit did, for screen readers. */
function Announcements({ said }: { readonly said: Announcement }) {
  return (
    <p className="vh" aria-live="polite">
      <span key={said.count}>{said.text}</span>
    </p>
  );
}
