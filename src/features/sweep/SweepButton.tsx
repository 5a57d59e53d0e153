import { useStore } from 'zustand';
import { Button } from '../../ui/form/Button.tsx';
import { useRunsControl } from '../lab.tsx';

/** Opens the sweep, and shows whether one runs. */
export function SweepButton({ onOpen }: { readonly onOpen: () => void }) {
  const running = useStore(
    useRunsControl().queue.store,
    ({ purpose, state }) => purpose === 'sweep' && state === 'running',
  );
  return (
    <Button
      variant="quiet"
      icon="sweep"
      word="Sweep"
      label={running ? 'Sweep, running' : 'Sweep a hyperparameter'}
      aria-haspopup="dialog"
      aria-pressed={running}
      onClick={onOpen}
    />
  );
}
