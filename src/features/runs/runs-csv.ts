import { weightDecayOf } from '../../core/training/recipe.ts';
import { diffText, runDiff } from '../../core/training/run-diff.ts';
import { originText } from '../../core/training/weights-origin.ts';
import { presetById } from '../../datasets/catalogue.ts';
import { interventionsOf, interventionText } from '../../state/live.ts';
import type { Run } from '../../state/run.ts';
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
  steps: ({ losses }) => losses.length,
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

/** Every run as a line of a table: how it was trained and how it did. Accuracies are fractions. */
export function runsCsv(runs: readonly Run[]): string {
  return csvOf([Object.keys(COLUMNS), ...runs.map((run) => Object.values(COLUMNS).map((column) => column(run)))]);
}
