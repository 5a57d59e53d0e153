import { useStore } from 'zustand';
import type { OwnTest } from '../../core/dataset/own-test.ts';
import { percentText } from '../../core/text/number-text.ts';
import { ownResultOf, ownTestProblem } from '../../state/own-test.ts';
import type { Run } from '../../state/run.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useDataSet, useLab } from '../lab.tsx';
import { useOwnTest } from '../own-test.ts';

/** Props of {@link OwnShare}. */
export interface OwnShareProps {
  readonly run: Run;
  readonly test: OwnTest;
}

/** How a run does on the test set of the user's own; what tests it where it was not tested, or why it cannot be. */
export function OwnShare({ run, test }: OwnShareProps) {
  const control = useOwnTest();
  const { runs } = useLab();
  const dataset = useDataSet(({ spec }) => spec);
  // Whether its weights are kept is part of the problem.
  useStore(runs.restorable);
  const testing = useStore(control.store, (state) => state.testing);
  const result = ownResultOf(test, run);
  if (result !== undefined) {
    return <span title={`${result.right} of ${result.total} right`}>{percentText(result.right / result.total)}</span>;
  }
  if (testing === run.number) return <span className="muted">testing</span>;
  const problem = ownTestProblem({ runs: runs.store, checkpoints: runs.checkpoints }, dataset, run);
  if (problem !== null) {
    return (
      <span className="muted" title={problem}>
        –<span className="vh"> {problem}</span>
      </span>
    );
  }
  return (
    <Button variant="quiet" size="sm" disabled={testing !== null} onClick={() => void control.measure(run)}>
      Test<span className="vh"> run {run.number} on my test set</span>
    </Button>
  );
}
