import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/form/Button.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { useRunsControl } from '../lab.tsx';
import { SweepRest } from '../SweepRest.tsx';
import { SweepForm } from './SweepForm.tsx';
import { SweepResults } from './SweepResults.tsx';
import './sweep.css';

/** Trains a run for each value of one or two hyperparameters, and shows how each did. Training goes on when it is closed. */
export function SweepDialog({ onClose }: { readonly onClose: () => void }) {
  const { queue } = useRunsControl();
  const { purpose, plans, state } = useStore(queue.store);
  const isSweep = purpose === 'sweep' && plans.length > 0;
  const [planning, setPlanning] = useState(!isSweep);
  const running = isSweep && state === 'running';
  return (
    <Dialog
      className="sweep"
      title="Sweep"
      onClose={onClose}
      closeWord={running ? 'Close and keep training' : 'Close'}
      actions={
        <>
          {!planning && !running && (
            <Button variant="outline" onClick={() => setPlanning(true)}>
              Plan another sweep
            </Button>
          )}
          {!planning && <SweepRest />}
          {running && (
            <Button variant="outline" icon="pause" onClick={queue.stop}>
              Stop the sweep
            </Button>
          )}
        </>
      }
    >
      {planning ? <SweepForm onStarted={() => setPlanning(false)} /> : <SweepResults onClose={onClose} />}
    </Dialog>
  );
}
