import { type ReactNode, useState } from 'react';
import { countText, percentText } from '../../core/text/number-text.ts';
import type { Run } from '../../state/run.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { useRunsControl, useSteadyRun } from '../lab.tsx';
import { type Judged, type JudgedSet, useJudged } from './judged.ts';

const SETS: readonly { readonly value: JudgedSet; readonly label: string }[] = [
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
];

/** Says which answers a panel is about, lets the student choose, and has the test set measured. */
export function Source({ children }: { readonly children: (judged: Judged) => ReactNode }) {
  const run = useSteadyRun();
  const [chosen, setChosen] = useState<JudgedSet | null>(null);
  const set = chosen ?? (run?.test ? 'test' : 'validation');
  const judged = useJudged(run, set);
  return (
    <>
      <div className="source">
        <Segmented label="Measured on" choices={SETS} value={set} onChange={setChosen} />
        <span className="grow" />
        <EvaluateButton run={run} onPress={() => setChosen('test')} />
      </div>
      <div className="panel">
        {judged === null && <Nothing set={set} run={run} />}
        {judged && <p className="judged num">{sourceOf(judged, run)}</p>}
        {judged && children(judged)}
      </div>
    </>
  );
}

function sourceOf({ set, evaluation, dataset }: Judged, run: Run | null): string {
  const samples = `${countText(evaluation.labels.length)} ${set} ${dataset.words.sample.many}`;
  return set === 'validation' && run !== null ? `${samples}, epoch ${run.epochs.length}` : samples;
}

function Nothing({ set, run }: { readonly set: JudgedSet; readonly run: Run | null }) {
  if (run === null) return <p className="nothing">Train a network first: its answers will be counted here.</p>;
  if (set === 'test')
    return <p className="nothing">The test set is measured when the run ends, or when you ask for it.</p>;
  const { many } = run.draft.dataset.words.sample;
  if (run.draft.recipe.validationSplit === 0) {
    return (
      <p className="nothing">
        {`This run sets no ${many} aside for validation. Choose a validation split to see results here.`}
      </p>
    );
  }
  return <p className="nothing">{`The validation ${many} are evaluated at the end of each epoch.`}</p>;
}

/** Measures the test set with the weights as they are now. */
function EvaluateButton({ run, onPress }: { readonly run: Run | null; readonly onPress: () => void }) {
  const runs = useRunsControl();
  const busy = run?.evaluating ?? null;
  const press = () => {
    onPress();
    runs.evaluateOnTestSet();
  };
  const trained = run !== null && run.losses.length > 0 && run.phase !== 'failed';
  return (
    <>
      {busy !== null && <span className="num">{percentText(busy, 0)}</span>}
      <Button
        variant="outline"
        size="sm"
        disabled={busy !== null}
        blocked={trained ? undefined : 'There is no trained network to measure yet.'}
        onClick={press}
      >
        Evaluate on test set
      </Button>
    </>
  );
}
