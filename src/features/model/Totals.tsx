import type { ReactNode } from 'react';
import { LinkButton } from '../../ui/Button.tsx';
import { formatCount, formatEstimate, formatMegaFlops } from '../../ui/format.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import '../../ui/totals.css';
import { useAnalysis } from '../analysis.ts';
import { useDraft, useRun } from '../lab.tsx';
import { usePanelActions } from './panel-actions.ts';

/** What the network costs: parameters, arithmetic an image, and seconds an epoch once they have been measured. */
export function Totals() {
  const { totals } = useAnalysis();
  return (
    <div className="totals">
      <div className="totals-head">
        <Standing />
        <FixLink />
      </div>
      <dl>
        <Figure name="parameters">{formatCount(totals.trainable + totals.nonTrainable)}</Figure>
        <Figure name="MFLOP/image">{formatMegaFlops(totals.flops)}</Figure>
        <Figure name="steps an epoch">
          <StepsPerEpoch />
        </Figure>
        <Figure name="per epoch">
          <EpochTime />
        </Figure>
      </dl>
    </div>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Whose figures these are: those of the run while the draft is what it froze, else those of the next one. */
function Standing() {
  const draft = useDraft((state) => state);
  const run = useRun((current) => current);
  const number = run?.number ?? 0;
  if (run !== null && run.draft.network === draft.network) return <span>Run {number}</span>;
  return <span>{run === null ? 'Before the first run' : `Draft for run ${number + 1}`}</span>;
}

/** Leads to the first layer that keeps the draft from training. */
function FixLink() {
  const { focus } = usePanelActions();
  const { issues } = useAnalysis();
  const next = useRun((current) => current?.number ?? 0) + 1;
  const errors = issues.filter((issue) => issue.severity === 'error');
  const culprits = [...new Set(errors.flatMap(({ layerId }) => layerId ?? []))];
  const [first] = culprits;
  if (errors.length === 0) return null;
  if (first === undefined) return <span className="fix-note">Add layers to train run {next}</span>;
  const count = `${culprits.length} ${culprits.length === 1 ? 'layer' : 'layers'}`;
  return (
    <LinkButton tone="error" onClick={() => focus(first)}>
      Fix {count} to train run {next}
    </LinkButton>
  );
}

function StepsPerEpoch() {
  const { batchSize, trainingImages, validationSplit } = useDraft((draft) => draft.recipe);
  return formatCount(Math.ceil((trainingImages * (1 - validationSplit)) / batchSize));
}

/** Measured on the run at hand; unknown before. */
function EpochTime() {
  const seconds = useRun((run) =>
    run && run.imagesPerSecond > 0 ? (run.stepsPerEpoch * run.draft.recipe.batchSize) / run.imagesPerSecond : null,
  );
  return seconds === null ? <Skeleton width={40} /> : formatEstimate(seconds);
}
