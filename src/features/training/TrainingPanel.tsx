import type { ReactNode } from 'react';
import { Locked } from '../Locked.tsx';
import { useRun } from '../lab.tsx';
import { Arrivals } from './Arrivals.tsx';
import { Notices } from './Notices.tsx';
import { Progress } from './Progress.tsx';
import { RecipeForm } from './RecipeForm.tsx';
import { Transport } from './Transport.tsx';
import './training.css';
import { part } from '../../ui/card/part.tsx';

/** The charts come in a chunk of their own, with recharts. */
const Charts = part(async () => (await import('./Charts.tsx')).Charts);

const LiveChanges = part(async () => (await import('./LiveChanges.tsx')).LiveChanges);

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
        {hasRun && <LiveChanges />}
      </Locked>
      {hasRun ? <RunCharts /> : <Arrivals />}
      <Locked>{runs}</Locked>
    </section>
  );
}

/** Beside the progress the one part of the column that is drawn again with the steps. */
function RunCharts() {
  const run = useRun((current) => current);
  return run && <Charts run={run} />;
}
