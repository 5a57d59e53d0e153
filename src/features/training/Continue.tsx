import type { Run } from '../../state/run.ts';
import { isRunOf } from '../../state/same-data.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useDataSet, useDraft, useRunsControl } from '../lab.tsx';
import { useRuling } from '../ruling.tsx';

/** Trains a finished run for more epochs: as many as the draft has by now, or half as many again. */
export function Continue({ run }: { readonly run: Run }) {
  const { extend } = useRunsControl();
  const wanted = useDraft(({ recipe }) => recipe.epochs);
  const { epochs } = run.draft.recipe;
  const { mostEpochs } = useRuling();
  const until = Math.min(1000, mostEpochs, wanted > epochs ? wanted : epochs + Math.ceil(epochs / 2));
  const isOpen = useDataSet(({ spec }) => isRunOf(run, spec));
  const isOver = until <= epochs;
  if (isOver && until < mostEpochs) return null;
  const { title } = run.draft.dataset;
  return (
    <Button
      className="continue"
      variant="outline"
      size="sm"
      icon="play"
      title="Continues training this run from its last weights. Set more epochs in the recipe to train longer."
      {...(isOver && { blocked: `The assignment allows ${mostEpochs} epochs at most.` })}
      {...(!isOpen && { blocked: `This run used ${title}, but another data set is open.` })}
      onClick={() => extend(until)}
    >
      {isOver ? 'Continue' : `Continue to epoch ${until}`}
    </Button>
  );
}
