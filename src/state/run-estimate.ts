import { judgedImages, median } from '../core/training/coach/measures.ts';
import { isValidated } from '../core/training/recipe.ts';
import { analysisOf } from './analysis.ts';
import { type Draft, isSameSetup } from './draft.ts';
import { type Run, stepOf } from './run.ts';
import { isRunOf } from './same-data.ts';

/** What a run took, from which others are estimated. */
export interface Estimate {
  readonly seconds: number;
  /** The run that it goes by. */
  readonly by: Run;
}

/** How long drafts take one after the other, judging included, by what earlier runs took; null while none was measured. */
export function estimateOf(drafts: readonly Draft[], runs: readonly Run[]): Estimate | null {
  let seconds = 0;
  let by: Run | null = null;
  for (const draft of drafts) {
    by = nearestRun(draft, runs);
    if (by === null) return null;
    seconds += secondsOf(draft, by);
  }
  return by && { seconds, by };
}

/** The measured run that is most like a draft: of the same network if there is one, then of the nearest batch size, then the newest. */
function nearestRun(draft: Draft, runs: readonly Run[]): Run | null {
  const measured = runs.filter((run) => run.seconds > 0 && stepOf(run) > 0 && isRunOf(run, draft.dataset));
  const distance = (run: Run) => {
    const { recipe } = run.draft;
    const isOther = !isSameSetup(run.draft, { ...draft, recipe });
    const batches = Math.abs(Math.log2(recipe.batchSize / draft.recipe.batchSize));
    return (isOther ? 100 : 0) + batches + (recipe.optimizer.kind === draft.recipe.optimizer.kind ? 0 : 0.5);
  };
  return measured.reduce<Run | null>(
    (nearest, run) => (nearest === null || distance(run) < distance(nearest) ? run : nearest),
    null,
  );
}

/** What a step costs beside the arithmetic of its samples, in the same unit: the update of a parameter, and the step itself. */
const PER_PARAMETER = 200;
const PER_STEP = { webgl: 1e8, webgpu: 1e8, wasm: 7e6, cpu: 1e6 } as const;

/** A training step takes about three times the arithmetic of an answer: forwards, and backwards to weights and to inputs. */
const BACKWARD = 3;

/** Seconds until a run takes its first step: its network is compiled. */
const TO_START = { webgl: 1, webgpu: 1, wasm: 0.2, cpu: 0.2 } as const;

function secondsOf(draft: Draft, by: Run): number {
  const { recipe } = draft;
  const perStep = stepSeconds(by) * (workOf(draft, by) / workOf(by.draft, by));
  const samples = recipe.trainingImages - (recipe.validateOn === 'test' ? 0 : judgedImages(draft));
  const steps = Math.ceil(samples / recipe.batchSize);
  return TO_START[by.backend ?? 'wasm'] + recipe.epochs * (steps * perStep + judgingSeconds(draft, by));
}

/** Of a run's steps: by the epoch in the middle, since the first ones may have waited for the data. */
function stepSeconds({ epochs, seconds, losses, stepsPerEpoch }: Run): number {
  const each = epochs.map((epoch, i) => epoch.seconds - (epochs[i - 1]?.seconds ?? 0)).filter((spent) => spent > 0);
  const middle = median(each);
  return Number.isNaN(middle) || stepsPerEpoch === 0 ? seconds / losses.length : middle / stepsPerEpoch;
}

/** The arithmetic of a step. */
function workOf(draft: Draft, { backend }: Run): number {
  const { flops, trainable } = analysisOf(draft).totals;
  return BACKWARD * flops * draft.recipe.batchSize + PER_PARAMETER * trainable + PER_STEP[backend ?? 'wasm'];
}

/** Of one epoch: the validation samples and as many training samples. */
function judgingSeconds(draft: Draft, by: Run): number {
  if (!isValidated(draft.recipe)) return 0;
  const measured = by.epochs.flatMap(({ judgingSeconds: seconds }) => seconds ?? []);
  const judged = judgedImages(by.draft);
  const share = analysisOf(draft).totals.flops / Math.max(1, analysisOf(by.draft).totals.flops);
  const perSample =
    measured.length > 0 && judged > 0
      ? median(measured) / (2 * judged)
      : stepSeconds(by) / by.draft.recipe.batchSize / BACKWARD;
  return 2 * judgedImages(draft) * perSample * share;
}
