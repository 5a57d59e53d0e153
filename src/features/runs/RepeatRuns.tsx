import { useState } from 'react';
import { countWord } from '../../core/text/count-words.ts';
import { repeatPlans, repeatProblem, SEED_COUNTS } from '../../state/repeat-plans.ts';
import type { Run } from '../../state/run.ts';
import { isBusy } from '../../state/runs.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { useLabStatus, useRunsControl } from '../lab.tsx';

const CHOICES = SEED_COUNTS.map((count) => ({ value: count, label: String(count) }));

/** Repeats the runs that are compared with several seeds, to tell what is better from chance. */
export function RepeatRuns({ runs }: { readonly runs: readonly Run[] }) {
  const { queue } = useRunsControl();
  const isTraining = isBusy(useLabStatus());
  const [count, setCount] = useState<(typeof SEED_COUNTS)[number]>(5);
  const [begun, setBegun] = useState(false);
  if (begun)
    return (
      <p role="status">
        The repeats train one after the other. The Sweep shows their means and how far they scatter; there and here it
        says whether the differences can be chance.
      </p>
    );
  const start = () => {
    queue.start('sweep', repeatPlans(runs, count));
    setBegun(true);
  };
  return (
    <>
      <p>One run of each may differ by chance. Repeated with other seeds, they tell.</p>
      <div className="compare-bar">
        <Segmented label="Seeds" choices={CHOICES} value={count} onChange={setCount} />
        <Button
          variant="outline"
          icon="play"
          blocked={isTraining ? 'Wait until the run in training has ended.' : repeatProblem(runs)}
          onClick={start}
        >
          Repeat with {countWord(count)} seeds
        </Button>
      </div>
    </>
  );
}
