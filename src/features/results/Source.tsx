import { type ReactNode, useState } from 'react';
import type { Judgement } from '../../core/evaluation/evaluation.ts';
import { countText, lossText, percentText } from '../../core/text/number-text.ts';
import type { Run } from '../../state/run.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { useRunsControl, useSteadyRun } from '../lab.tsx';
import { type Judged, type JudgedSet, useJudged } from './judged.ts';

const SETS: readonly { readonly value: JudgedSet; readonly label: string }[] = [
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
  { value: 'training', label: 'Training' },
];

/** Says which answers a panel is about, lets the student choose, and has the test set measured. */
export function Source({ children }: { readonly children: (judged: Judged) => ReactNode }) {
  const run = useSteadyRun();
  const runs = useRunsControl();
  const [chosen, setChosen] = useState<JudgedSet | null>(null);
  const set = chosen ?? (run?.test ? 'test' : 'validation');
  const judged = useJudged(run, set);
  return (
    <>
      <div className="source">
        <Segmented label="Measured on" choices={SETS} value={set} onChange={setChosen} />
        <span className="grow" />
        {set === 'training' ? (
          <EvaluateButton run={run} onPress={runs.evaluateOnTrainingSet}>
            Evaluate on training set
          </EvaluateButton>
        ) : (
          <EvaluateButton
            run={run}
            onPress={() => {
              setChosen('test');
              runs.evaluateOnTestSet();
            }}
          >
            Evaluate on test set
          </EvaluateButton>
        )}
      </div>
      <div className="panel">
        {judged === null && <Nothing set={set} run={run} />}
        {judged && <p className="judged num">{sourceOf(judged, run)}</p>}
        {judged?.set === 'test' && run?.testMirrored && <Mirrored {...run.testMirrored} />}
        {judged && children(judged)}
      </div>
    </>
  );
}

/** Test-time augmentation stands beside the test result, and says that it is another one. */
function Mirrored({ accuracy, loss }: Judgement) {
  return (
    <p className="judged num">
      {`Mean over each test image and its mirror image (test-time augmentation, not the test result): accuracy ${percentText(accuracy)}, loss ${lossText(loss)}`}
    </p>
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
  if (set === 'training') {
    return (
      <p className="nothing">
        {`Some training ${many} are measured when you ask for it, as many as there are for validation. The network has seen them: where it does much better on them than on others, it has memorised them.`}
      </p>
    );
  }
  if (run.draft.recipe.validationSplit === 0) {
    return (
      <p className="nothing">
        {`This run sets no ${many} aside for validation. Choose a validation split to see results here.`}
      </p>
    );
  }
  return <p className="nothing">{`The validation ${many} are evaluated at the end of each epoch.`}</p>;
}

interface EvaluateButtonProps {
  readonly run: Run | null;
  readonly onPress: () => void;
  readonly children: string;
}

/** Measures a set with the weights as they are now. */
function EvaluateButton({ run, onPress, children }: EvaluateButtonProps) {
  const busy = run?.evaluating ?? null;
  const trained = run !== null && run.losses.length > 0 && run.phase !== 'failed';
  return (
    <>
      {busy !== null && <span className="num">{percentText(busy, 0)}</span>}
      <Button
        variant="outline"
        size="sm"
        disabled={busy !== null}
        blocked={trained ? undefined : 'There is no trained network to measure yet.'}
        onClick={onPress}
      >
        {children}
      </Button>
    </>
  );
}
