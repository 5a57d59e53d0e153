import { lazy, type ReactNode, Suspense } from 'react';
import { useSteadyRuns } from '../lab.tsx';
import './runs.css';

const RunsTable = lazy(() => import('./RunsTable.tsx').then((module) => ({ default: module.RunsTable })));

/** The runs, once there are any; `tools` are shown in the header. */
export function Runs({ tools }: { readonly tools: ReactNode }) {
  const none = useSteadyRuns().length === 0;
  if (none) return <div className="runs-none">Runs will be listed here. {tools}</div>;
  return (
    <Suspense fallback={null}>
      <RunsTable tools={tools} />
    </Suspense>
  );
}
