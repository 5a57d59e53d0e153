import { lazy, Suspense, useState } from 'react';
import { download } from '../../ui/base/download.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useRuns } from '../lab.tsx';

const CompareDialog = lazy(() => import('./CompareDialog.tsx').then((module) => ({ default: module.CompareDialog })));

/** What can be done with all runs: compare them, or save them as a table. */
export function RunsTools() {
  const runs = useRuns();
  const [comparing, setComparing] = useState(false);
  const save = async () => {
    const { runsCsv } = await import('./runs-csv.ts');
    download('runs.csv', runsCsv(runs));
  };
  return (
    <>
      <Button
        variant="quiet"
        icon="compare"
        word="Compare"
        label="Compare runs"
        disabled={runs.length < 2}
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
