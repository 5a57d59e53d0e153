import { firstSamples } from '../../core/dataset/sample-words.ts';
import { median } from '../../core/median.ts';
import { clockText, countText, speedText } from '../../core/text/number-text.ts';
import { BACKEND_NAMES } from '../../core/training/backend.ts';
import { type Run, stepOf, totalSteps } from '../../state/run.ts';
import { ProgressTape } from '../../ui/card/ProgressTape.tsx';
import { part } from '../../ui/card/part.tsx';
import { useBackendDecision, useDataSet, useDevice, useDraft, useLabStatus, useRun } from '../lab.tsx';
import { Term } from '../terms.tsx';

const Announcer = part(async () => (await import('./Announcer.tsx')).Announcer, { missing: 'nothing' });

/** Only a run that is finished can be continued. */
const Continue = part(async () => (await import('./Continue.tsx')).Continue, { missing: 'nothing' });

/**
 * The progress of the training: epoch, batch, speed, time left, and the tape. Tests and scripts read its data
 * attributes.
 */
export function Progress() {
  const run = useRun((current) => current);
  const status = useLabStatus();
  const backend = useDevice(({ report }) => report?.backend ?? '');
  const epochs = useDraft(({ recipe }) => recipe.epochs);
  const step = run ? stepOf(run) : 0;
  const done = run && run.stepsPerEpoch > 0 ? step / run.stepsPerEpoch : 0;
  return (
    <div className="progress">
      {/* Screen readers hear the Announcer: this text changes ten times a second. */}
      <div
        className="progress-text"
        role="status"
        aria-label="Training status"
        aria-live="off"
        data-state={status}
        data-run={run?.number ?? 0}
        data-epoch={run?.epochs.length ?? 0}
        data-step={step}
        data-backend={backend}
      >
        {run === null ? <Waiting /> : <Standing run={run} />}
      </div>
      <ProgressTape epochs={run?.draft.recipe.epochs ?? epochs} done={done} paused={status === 'paused'} />
      {run !== null && <Announcer />}
    </div>
  );
}

function Waiting() {
  const status = useLabStatus();
  const { spec, trainingImages: arrived } = useDataSet((data) => data);
  const { report, failure } = useDevice((device) => device);
  if (status === 'ready')
    return <span>{`Ready · ${countText(arrived)} training ${spec.words.sample.many} loaded`}</span>;
  if (report === null && failure !== null) return <span>Waiting for the training engine</span>;
  if (arrived === 0) return <span>Waiting for the first {firstSamples(spec)}</span>;
  return <span>{report ? 'Ready' : 'Starting the training engine'}</span>;
}

const WORDS = {
  compiling: 'preparing the network',
  training: null,
  paused: 'paused',
  finished: 'finished',
  failed: 'stopped',
} as const;

function Standing({ run }: { readonly run: Run }) {
  const { epochs } = run.draft.recipe;
  const { sample } = run.draft.dataset.words;
  const step = stepOf(run);
  const epoch = run.stepsPerEpoch === 0 ? 0 : Math.min(epochs, Math.ceil(step / run.stepsPerEpoch));
  const batch = step - Math.max(0, epoch - 1) * run.stepsPerEpoch;
  const trying = useBackendDecision((decision) => decision.trying);
  const word = run.phase === 'compiling' && trying !== null ? `timing ${BACKEND_NAMES[trying]}` : wordOf(run);
  return (
    <>
      <span>
        <Term>epoch</Term> <b>{epoch}</b> of {epochs}
      </span>
      {/* How many batches there are is known once the network is prepared. */}
      {run.stepsPerEpoch > 0 && (
        <>
          <Separator />
          <span>
            <Term>batch</Term> {countText(batch)}/{countText(run.stepsPerEpoch)}
          </span>
        </>
      )}
      {word !== null && (
        <>
          <Separator />
          <span>{word}</span>
        </>
      )}
      {run.phase === 'training' && run.imagesPerSecond > 0 && (
        <>
          <Separator />
          <span>{speedText(run.imagesPerSecond, brief(sample.many))}</span>
        </>
      )}
      <span className="grow" />
      <b>{timeLeft(run)}</b>
      {run.phase === 'finished' && run.evaluating === null && <Continue run={run} />}
    </>
  );
}

function wordOf({ phase, stoppedAt, restoredEpoch }: Run): string | null {
  if (phase !== 'finished' || stoppedAt === null) return WORDS[phase];
  return restoredEpoch === null ? 'stopped early' : `stopped early, weights of epoch ${restoredEpoch} restored`;
}

/** What samples are called where there is little room. */
function brief(samples: string): string {
  return samples === 'images' ? 'img' : samples;
}

function Separator() {
  return <span className="sep">·</span>;
}

/**
 * By what the steps of this run took on average, and the judging of its epochs in the middle: neither a moment of hurry
 * moves it, nor an epoch in which the device slept.
 */
function timeLeft(run: Run): string {
  if (run.evaluating !== null) return `test set ${Math.round(run.evaluating * 100)}\u202f%`;
  const step = stepOf(run);
  if (run.phase !== 'training' || step === 0 || run.seconds === 0) return '';
  const judged = run.epochs.flatMap(({ judgingSeconds }) => judgingSeconds ?? []);
  const judging = judged.length === 0 ? 0 : median(judged);
  const epochsLeft = run.draft.recipe.epochs - run.epochs.length;
  const seconds = ((totalSteps(run) - step) * run.seconds) / step + epochsLeft * judging;
  return `${clockText(seconds)} left`;
}
