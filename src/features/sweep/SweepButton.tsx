import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { useLab } from '../lab.tsx';

const SweepDialog = lazy(() => import('./SweepDialog.tsx').then((module) => ({ default: module.SweepDialog })));

/** Opens the sweep. */
export function SweepButton() {
  const [open, setOpen] = useState(false);
  const running = useStore(useLab().queue.store, ({ purpose, state }) => purpose === 'sweep' && state === 'running');
  return (
    <>
      <Button
        variant="quiet"
        icon="sweep"
        label={running ? 'Sweep, running' : 'Sweep a hyperparameter'}
        aria-haspopup="dialog"
        aria-pressed={running}
        onClick={() => setOpen(true)}
      />
      {open && (
        <Suspense fallback={null}>
          <SweepDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
