import { formatCount, formatEstimate, formatMegaFlops } from '../../ui/format.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import '../../ui/totals.css';
import { useAnalysis } from '../analysis.ts';
import { useDraft, useRun } from '../lab.tsx';

/** What the network costs: parameters, arithmetic an image, and seconds an epoch once they have been measured. */
export function Totals() {
  const { totals } = useAnalysis();
  return (
    <div className="totals">
      <Standing />
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

function Figure({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What the next Train will do with the draft, or what keeps it from training. */
function Standing() {
  const { issues } = useAnalysis();
  const run = useRun((current) => current?.number ?? null);
  const next = useRun((current) => current?.number ?? 0) + 1;
  const errors = issues.filter((issue) => issue.severity === 'error');
  const culprits = new Set(errors.map((issue) => issue.layerId)).size;
  return (
    <div className="totals-head">
      <span>{run === null ? 'Ready to train' : `Draft for run ${next}`}</span>
      {errors.length > 0 && (
        <span className="fix-note">
          Fix {culprits} {culprits === 1 ? 'layer' : 'layers'} to train
        </span>
      )}
    </div>
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
