import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { useDraft, useLab, useRun } from '../lab.tsx';
import { LayerPalette } from './LayerPalette.tsx';
import { LayerStack } from './LayerStack.tsx';
import { Totals } from './Totals.tsx';
import './model.css';

/** The Model column: the layers of the draft, how to change them, and what they cost. */
export function ModelPanel() {
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <section className="col col-model" aria-labelledby="model-heading">
      <div className="col-head">
        <h2 id="model-heading">Model</h2>
        <DraftTag />
        <span className="grow" />
        <UndoButtons />
        <AddLayer openId={openId} onAdd={setOpenId} />
      </div>
      <LayerStack openId={openId} onOpen={setOpenId} />
      <Totals />
    </section>
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
function AddLayer({ openId, onAdd }: { readonly openId: string | null; readonly onAdd: (id: string) => void }) {
  const layers = useDraft(({ network }) => network.layers);
  const open = layers.findIndex((layer) => layer.id === openId);
  const index = open >= 0 ? open + 1 : Math.max(0, layers.length - 1);
  return (
    <LayerPalette index={index} onInsert={onAdd}>
      {(toggle) => (
        <Button className="btn-add" variant="outline" icon="plus" onClick={toggle}>
          Layer
        </Button>
      )}
    </LayerPalette>
  );
}
