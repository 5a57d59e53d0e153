import type { OwnTest } from '../../core/dataset/own-test.ts';
import { weightDecayOf } from '../../core/training/recipe.ts';
import { diffText, runDiff } from '../../core/training/run-diff.ts';
import { originText } from '../../core/training/weights-origin.ts';
import { presetById } from '../../datasets/catalogue.ts';
import { interventionsOf, interventionText } from '../../state/live.ts';
import { ownResultOf } from '../../state/own-test.ts';
import { type Run, stepOf } from '../../state/run.ts';
import { bestOf } from '../../state/run-figures.ts';
import { type CsvValue, csvOf } from '../../ui/base/csv.ts';

const COLUMNS: Readonly<Record<string, (run: Run) => CsvValue>> = {
  run: ({ number }) => number,
  name: ({ name }) => name,
  'data set': ({ draft }) => draft.dataset.title,
  preset: ({ draft }) => presetById(draft.dataset, draft.presetId)?.title,
  'changed from the preset': ({ draft }) => {
    const preset = presetById(draft.dataset, draft.presetId);
    return preset && diffText(runDiff(preset, draft));
  },
  'changed while training': (run) => interventionsOf(run).map(interventionText).join('; '),
  'began with': ({ carriedFrom }) => (carriedFrom === null ? 'new weights' : originText(carriedFrom)),
  state: ({ phase }) => phase,
  backend: ({ backend }) => backend,
  seed: ({ draft }) => draft.recipe.seed,
  optimizer: ({ draft }) => draft.recipe.optimizer.kind,
  'learning rate': ({ draft }) => draft.recipe.learningRate,
  schedule: ({ draft }) => draft.recipe.schedule.kind,
  'weight decay': ({ draft }) => weightDecayOf(draft.recipe),
  'batch size': ({ draft }) => draft.recipe.batchSize,
  'training samples': ({ draft }) => draft.recipe.trainingImages,
  'validation split': ({ draft }) => draft.recipe.validationSplit,
  epochs: ({ epochs }) => epochs.length,
  steps: stepOf,
  'training seconds': ({ seconds }) => Number(seconds.toFixed(3)),
  'best epoch': (run) => bestOf(run)?.epoch,
  'best validation loss': (run) => bestOf(run)?.loss,
  'best validation accuracy': (run) => bestOf(run)?.accuracy,
  'final training sample loss': ({ epochs }) => epochs.at(-1)?.trainSample?.loss,
  'final training sample accuracy': ({ epochs }) => epochs.at(-1)?.trainSample?.accuracy,
  'final validation loss': ({ epochs }) => epochs.at(-1)?.validation?.loss,
  'final validation accuracy': ({ epochs }) => epochs.at(-1)?.validation?.accuracy,
  'test loss': ({ test }) => test?.loss,
  'test accuracy': ({ test }) => test?.accuracy,
};

/**
 * Every run as a line of a table: how it was trained and how it did. Accuracies are fractions. `own`: the test set of the user's
 * own that is open, null where there is none.
 */
export function runsCsv(runs: readonly Run[], own: OwnTest | null = null): string {
  const columns = { ...COLUMNS, ...(own !== null && ownColumns(own)) };
  return csvOf([Object.keys(columns), ...runs.map((run) => Object.values(columns).map((column) => column(run)))]);
}

/** How runs did on a test set of the user's own. */
function ownColumns(own: OwnTest): typeof COLUMNS {
  return {
    'my test set accuracy': (run) => {
      const result = ownResultOf(own, run);
      return result && result.right / result.total;
    },
    'my test set samples': (run) => ownResultOf(own, run)?.total,
  };
}
