import { useState } from 'react';
import { allRuns } from '../../state/runs.ts';
import { download } from '../../ui/base/download.ts';
import { part } from '../../ui/card/part.tsx';
import { withTool } from '../../ui/card/tool.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useRunsControl, useSteadyRuns } from '../lab.tsx';
import { useShownOwnTest } from '../own-test.ts';
import { SweepRest } from '../SweepRest.tsx';

const CompareDialog = part(async () => (await import('./CompareDialog.tsx')).CompareDialog, { missing: 'dialog' });

/** What can be done with all runs: compare them, or save them as a table. */
export function RunsTools() {
  const { store } = useRunsControl();
  const count = useSteadyRuns().length;
  const own = useShownOwnTest();
  const [comparing, setComparing] = useState(false);
  const save = () =>
    withTool(
      () => import('./runs-csv.ts'),
      ({ runsCsv }) => download('runs.csv', runsCsv(allRuns(store.getState()), own)),
    );
  return (
    <>
      <SweepRest />
      <Button
        variant="quiet"
        icon="compare"
        word="Compare"
        label="Compare runs"
        disabled={count < 2}
        aria-haspopup="dialog"
        onClick={() => setComparing(true)}
      />
      <Button variant="quiet" icon="export" word="CSV" label="Save all runs as CSV" onClick={() => void save()} />
      {comparing && <CompareDialog onClose={() => setComparing(false)} />}
    </>
  );
}
