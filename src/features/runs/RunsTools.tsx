import { lazy, Suspense, useState } from 'react';
import { allRuns } from '../../state/runs.ts';
import { download } from '../../ui/base/download.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useRunsControl, useSteadyRuns } from '../lab.tsx';
import { SweepRest } from '../SweepRest.tsx';

const CompareDialog = lazy(() => import('./CompareDialog.tsx').then((module) => ({ default: module.CompareDialog })));

/** What can be done with all runs: compare them, or save them as a table. */
export function RunsTools() {
  const { store } = useRunsControl();
  const count = useSteadyRuns().length;
  const [comparing, setComparing] = useState(false);
  const save = async () => {
    const { runsCsv } = await import('./runs-csv.ts');
    download('runs.csv', runsCsv(allRuns(store.getState())));
  };
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
      {comparing && (
        <Suspense fallback={null}>
          <CompareDialog onClose={() => setComparing(false)} />
        </Suspense>
      )}
    </>
  );
}
