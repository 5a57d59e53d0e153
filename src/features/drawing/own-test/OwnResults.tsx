import { useStore } from 'zustand';
import type { OwnTest, OwnTestResult } from '../../../core/dataset/own-test.ts';
import { shiftText } from '../../../core/evaluation/domain-shift.ts';
import { percentText } from '../../../core/text/number-text.ts';
import { ownResultOf, ownTestProblem } from '../../../state/own-test.ts';
import { Button } from '../../../ui/form/Button.tsx';
import { useDataSet, useLab, useSteadyRuns } from '../../lab.tsx';
import { useOwnTest } from '../../own-test.ts';

/** How networks did on a test set of the user's own, the newest first, beside the test set; and what tests the others. */
export function OwnResults({ test }: { readonly test: OwnTest }) {
  const runs = useSteadyRuns();
  // Of runs that have learned more since, or are another one by now, nothing is said.
  const results = test.results.filter(
    (result) => result.run === 'shipped' || runs.some((run) => ownResultOf(test, run) === result),
  );
  const [newest, ...others] = results;
  const testedOf = ({ run, tested }: OwnTestResult) =>
    tested ?? runs.find(({ number }) => number === run)?.test?.accuracy ?? null;
  return (
    <>
      {newest === undefined ? (
        <p className="muted">Train a network to see how it does on it.</p>
      ) : (
        <p>
          <b>{nameOf(newest)}:</b> {shiftText(newest.right, newest.total, testedOf(newest))}
        </p>
      )}
      {others.length > 0 && (
        <ul className="own-test-runs" aria-label="Other networks on my test set">
          {others.map((result) => {
            const tested = testedOf(result);
            return (
              <li key={result.run}>
                {nameOf(result)}: {result.right} of {result.total}, {percentText(result.right / result.total)}
                {tested !== null && `; test set ${percentText(tested)}`}
              </li>
            );
          })}
        </ul>
      )}
      <TestAll test={test} />
    </>
  );
}

/** Tests the runs that were not tested yet; not there where there are none that can be. */
function TestAll({ test }: { readonly test: OwnTest }) {
  const control = useOwnTest();
  const { store, checkpoints, restorable } = useLab().runs;
  const runs = useSteadyRuns();
  const dataset = useDataSet(({ spec }) => spec);
  const testing = useStore(control.store, (state) => state.testing);
  // Whether its weights are kept is a part of why a run cannot be tested.
  useStore(restorable);
  const left = runs.filter(
    (run) =>
      ownResultOf(test, run) === undefined && ownTestProblem({ runs: store, checkpoints }, dataset, run) === null,
  );
  if (testing !== null) return <p role="status">{`Testing run ${testing}`}</p>;
  if (left.length === 0) return null;
  return (
    <div>
      <Button variant="outline" size="sm" onClick={() => void control.measureAll()}>
        Test all runs on it
      </Button>
    </div>
  );
}

function nameOf({ run }: OwnTestResult): string {
  return run === 'shipped' ? 'The network trained in advance' : `Run ${run}`;
}
