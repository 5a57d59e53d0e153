import type { ReactNode } from 'react';
import { useSteadyRuns } from '../lab.tsx';
import './runs.css';
import { part } from '../../ui/card/part.tsx';

const RunsTable = part(async () => (await import('./RunsTable.tsx')).RunsTable);

/** The runs, once there are any; `tools` are shown in the header. */
export function Runs({ tools }: { readonly tools: ReactNode }) {
  const none = useSteadyRuns().length === 0;
  if (none) return <div className="runs-none">Runs will be listed here. {tools}</div>;
  return <RunsTable tools={tools} />;
}
