import { lazy, type ReactNode, Suspense } from 'react';
import { Locked } from '../Locked.tsx';
import { useRun } from '../lab.tsx';
import { Arrivals } from './Arrivals.tsx';
import { Notices } from './Notices.tsx';
import { Progress } from './Progress.tsx';
import { RecipeForm } from './RecipeForm.tsx';
import { Transport } from './Transport.tsx';
import './training.css';

/** The charts come in a chunk of their own, with recharts. */
const Charts = lazy(() => import('./Charts.tsx').then((module) => ({ default: module.Charts })));

const LiveChanges = lazy(() => import('./LiveChanges.tsx').then((module) => ({ default: module.LiveChanges })));

/** The Training column: transport, progress, recipe, and the samples as they arrive or the curves of the run, and the runs, which the page puts in. */
export function TrainingPanel({ runs }: { readonly runs: ReactNode }) {
  const hasRun = useRun((run) => run !== null);
  return (
    <section className="col col-train" aria-labelledby="training-heading">
      <h2 className="vh" id="training-heading">
        Training
      </h2>
      <Locked>
        <Transport />
      </Locked>
      <Progress />
      <Notices />
      <Locked>
        <RecipeForm />
        {hasRun && (
          <Suspense fallback={null}>
            <LiveChanges />
          </Suspense>
        )}
      </Locked>
      {hasRun ? (
        <Suspense fallback={null}>
          <RunCharts />
        </Suspense>
      ) : (
        <Arrivals />
      )}
      <Locked>{runs}</Locked>
    </section>
  );
}

/** Beside the progress the one part of the column that is drawn again with the steps. */
function RunCharts() {
  const run = useRun((current) => current);
  return run && <Charts run={run} />;
}
