import type { ReactNode } from 'react';
import { costOf } from '../../../core/network/cost.ts';
import { countText, estimateText, megaFlopsText, memoryText } from '../../../core/text/number-text.ts';
import { plannedBytes } from '../../../core/training/planned-memory.ts';
import { briefSourceText } from '../../../core/training/weights-origin.ts';
import { LayerError } from '../../../ui/card/LayerProblem.tsx';
import { Skeleton } from '../../../ui/card/Skeleton.tsx';
import { LinkButton } from '../../../ui/form/Button.tsx';
import { Tooltip } from '../../../ui/overlay/Tooltip.tsx';
import './totals.css';
import { useAnalysis, useRefusal } from '../../analysis.ts';
import { useDatasetSpec, useDevice, useDraft, useIsFrozen, useNextRun, useRun } from '../../lab.tsx';
import { useHidden } from '../../ruling.tsx';
import { Term } from '../../terms.tsx';
import { WeightsButton } from '../builder/WeightsButton.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';
import { epochSeconds } from './epoch-seconds.ts';
import { usePlannedMemory } from './use-planned-memory.ts';

/** What the network costs: parameters, arithmetic a sample, memory, and seconds an epoch once a run was measured. */
export function Totals() {
  const { totals } = useAnalysis();
  const { trainable, nonTrainable } = totals;
  const { sample } = useDatasetSpec().words;
  return (
    <>
      <RefusalNote />
      <div className="totals">
        <div className="totals-head">
          <Standing />
          <FixLink />
        </div>
        <WeightsButton />
        <dl>
          <Figure name="parameters" about={`${countText(trainable)} trainable, ${countText(nonTrainable)} not`}>
            {countText(trainable + nonTrainable)}
          </Figure>
          <Figure name={`MFLOP/${sample.one}`}>{megaFlopsText(totals.flops)}</Figure>
          <Memory />
          <Figure name="per epoch">
            <EpochTime />
          </Figure>
        </dl>
      </div>
    </>
  );
}

/** Why the device cannot hold this, and what would fit. */
function RefusalNote() {
  const { mend, setBatchSize } = usePanelActions();
  const refusal = useRefusal();
  if (refusal === null) return null;
  const { message, largestBatch, fixes } = refusal;
  const smaller =
    largestBatch === null
      ? []
      : [{ label: `Use batches of ${countText(largestBatch)}`, onPress: () => setBatchSize(largestBatch) }];
  const narrower = fixes.map((fix) => ({ label: fix.label, onPress: () => mend(fix, null) }));
  return (
    <div className="refusal">
      <LayerError message={message} fixes={[...smaller, ...narrower]} />
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  /** Its parts: shown on hover and focus, and with all the rest when the figure is pressed. */
  readonly about?: string;
  readonly children: ReactNode;
}

function Figure({ name, about, children }: FigureProps) {
  return (
    <div>
      <dt>{name === 'parameters' ? <Term>{name}</Term> : name}</dt>
      <dd>
        {about === undefined ? (
          children
        ) : (
          <CostButton name={name} about={about}>
            {children}
          </CostButton>
        )}
      </dd>
    </div>
  );
}

function CostButton({ name, about, children }: Required<FigureProps>) {
  const { open } = usePanelActions();
  return (
    <Tooltip text={about}>
      <button
        type="button"
        className="figure-button"
        aria-description={about}
        aria-haspopup="dialog"
        onClick={({ currentTarget }) => open({ kind: 'cost', anchor: currentTarget })}
      >
        {children}
        <span className="vh"> {name}</span>
      </button>
    </Tooltip>
  );
}

/** Whose figures these are: those of the run while the draft is what it froze, else those of the next one. */
function Standing() {
  const isFrozen = useIsFrozen();
  const next = useNextRun();
  const number = useRun((run) => run?.number ?? 0);
  const carriedFrom = useRun((run) => run?.carriedFrom ?? null);
  const origin = carriedFrom === null ? '' : `, from ${briefSourceText(carriedFrom)}`;
  if (isFrozen) return <span>{`Run ${number}${origin}`}</span>;
  return <span>{number === 0 ? 'Before the first run' : `Unsaved changes: Train starts run ${next}`}</span>;
}

/** Leads to the first layer that keeps the draft from training. */
function FixLink() {
  const { focus } = usePanelActions();
  const { issues } = useAnalysis();
  const refused = useRefusal() !== null;
  const next = useRun((current) => current?.number ?? 0) + 1;
  const errors = issues.filter((issue) => issue.severity === 'error');
  const culprits = [...new Set(errors.flatMap(({ layerId }) => layerId ?? []))];
  const [first] = culprits;
  if (refused) return <span className="fix-note">Too large to train</span>;
  if (errors.length === 0) return null;
  if (first === undefined) return <span className="fix-note">Add layers to train run {next}</span>;
  return (
    <LinkButton tone="error" onClick={() => focus(first)}>
      Fix {culprits.length} {culprits.length === 1 ? 'layer' : 'layers'} to train run {next}
    </LinkButton>
  );
}

function Memory() {
  const { graph } = useAnalysis();
  const batchSize = useDraft(({ recipe }) => recipe.batchSize);
  const optimizer = useDraft(({ recipe }) => recipe.optimizer);
  const weightAveraging = useDraft(({ recipe }) => recipe.weightAveraging);
  const of = useHidden()('batchSize') ? '' : ` of ${batchSize}`;
  const onProcessor = useDevice(({ report }) => report?.backend === 'wasm' || report?.backend === 'cpu');
  const estimated = graph && costOf(graph, { batchSize, optimizer, weightAveraging }).memory.total;
  const planned = usePlannedMemory();
  const parts = `weights, gradients, optimizer, and what the layers store for a batch${of}`;
  return (
    <Figure
      name={onProcessor ? 'memory' : 'GPU memory'}
      about={planned === null ? `Estimated: ${parts}` : `As planned for training here: ${parts}`}
    >
      {estimated === null ? (
        <Skeleton width={40} />
      ) : planned === null ? (
        `~${memoryText(estimated)}`
      ) : (
        memoryText(plannedBytes(planned))
      )}
    </Figure>
  );
}

/** Scaled from what the run at hand measured; unknown before. */
function EpochTime() {
  const draft = useDraft((state) => state);
  const seconds = useRun((run) => run && epochSeconds(draft, run));
  return seconds === null ? <Skeleton width={40} /> : estimateText(seconds);
}
