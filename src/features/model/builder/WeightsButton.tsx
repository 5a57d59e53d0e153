import { useStore } from 'zustand';
import { chosenNetwork } from '../../../state/weights-choice.ts';
import { LinkButton } from '../../../ui/form/Button.tsx';
import { useDraft, useRunsControl } from '../../lab.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';

/** Says what the next run begins with, and opens the choice of it. */
export function WeightsButton() {
  const { open } = usePanelActions();
  const isEmpty = useDraft(({ network }) => network.layers.length === 0);
  const { store, weights } = useRunsControl();
  const choice = useStore(weights);
  const chosen = useStore(store, (runs) => {
    const source = chosenNetwork(choice, runs)?.source;
    if (source?.kind === 'run') return `of run ${source.run}`;
    return source?.kind === 'file' ? source.name : source === undefined ? 'new' : 'the shipped network';
  });
  if (isEmpty) return null;
  return (
    <LinkButton
      className="weights-button"
      aria-haspopup="dialog"
      onClick={({ currentTarget }) => open({ kind: 'weights', anchor: currentTarget })}
    >
      {`Weights: ${chosen}`}
    </LinkButton>
  );
}
