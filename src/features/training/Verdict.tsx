import { memo, useMemo } from 'react';
import { coach } from '../../core/training/coach/coach.ts';
import { applyFix } from '../../core/training/coach/fixes.ts';
import type { Verdict } from '../../core/training/coach/verdict.ts';
import { courseOf } from '../../core/training/loss-course.ts';
import type { Draft } from '../../state/draft.ts';
import type { Run } from '../../state/run.ts';
import { lossCourse } from '../../state/run-steps.ts';
import { Insight } from '../../ui/card/Insight.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { useRunsControl } from '../lab.tsx';
import { useRuling } from '../ruling.tsx';
import { WithTerms } from '../terms.tsx';

/** At most this many fixes are offered at a time. */
const FIXES = 3;

/** The coach's verdict on a run, computed again when an epoch or the run ends. */
export function useVerdict(run: Run): Verdict {
  const { draft, epochs, stepsPerEpoch, phase, restoredEpoch } = run;
  const ended = phase === 'finished' || phase === 'failed';
  const key = `${epochs.length} ${ended}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the losses change ten times a second, the verdict once an epoch.
  return useMemo(() => {
    // The losses of single steps matter only where training breaks, and a run that breaks ends.
    const losses = ended || epochs.length > 0 ? lossCourse(run) : NO_LOSSES;
    return coach({ setup: draft, epochs, losses, stepsPerEpoch, ended, restoredEpoch });
  }, [draft, epochs, stepsPerEpoch, restoredEpoch, key]);
}

const NO_LOSSES = courseOf(new Float32Array());

interface VerdictStripProps {
  /** Of the run. */
  readonly draft: Draft;
  readonly verdict: Verdict;
}

/** The verdict in words under the charts, with the fixes that start another run with the same seed beside this one. */
export const VerdictStrip = memo(function VerdictStrip({ draft, verdict }: VerdictStripProps) {
  const { tryOut } = useRunsControl();
  const { allows } = useRuling();
  const offered = verdict.fixes.flatMap((fix) => applyFix(draft, fix) ?? []);
  const fixes = offered.filter(allows).slice(0, FIXES);
  return (
    <Insight
      tone={verdict.tone}
      title={<WithTerms>{`${verdict.title}:`}</WithTerms>}
      actions={fixes.map((setup) => (
        <Button
          key={setup.label}
          variant="outline"
          size="sm"
          icon="plus"
          title="Trains a second run with the same seed, to compare with this one"
          onClick={() => tryOut(setup, setup.label)}
        >
          {setup.label.replace(/^\+/, '')}
        </Button>
      ))}
    >
      <WithTerms>{verdict.sentence}</WithTerms>
    </Insight>
  );
});
