import { definitionOf } from '../../core/network/layers/registry.ts';
import {
  briefPercentText,
  clockText,
  countText,
  lossText,
  percentText,
  rateText,
} from '../../core/text/number-text.ts';
import { AUGMENTATION_FIELDS, type AugmentationSpec } from '../../core/training/augmentation.ts';
import { LOSS_TITLES } from '../../core/training/losses.ts';
import { OPTIMIZERS } from '../../core/training/optimizers/registry.ts';
import { type Recipe, weightDecayOf } from '../../core/training/recipe.ts';
import { SCHEDULES } from '../../core/training/schedule.ts';
import { originText } from '../../core/training/weights-origin.ts';
import { analysisOf } from '../../state/analysis.ts';
import type { Run } from '../../state/run.ts';
import { bestOf } from '../../state/run-figures.ts';

/** One line of the side-by-side table: what it is about, and what each run has there. */
export interface ComparisonRow {
  readonly label: string;
  /** In the order of the runs. */
  readonly values: readonly string[];
}

/** Runs side by side. */
export interface Comparison {
  readonly results: readonly ComparisonRow[];
  readonly recipe: readonly ComparisonRow[];
  readonly network: readonly ComparisonRow[];
}

const NOTHING = '–';

/** How runs did, how they were trained, and their layers, line by line. */
export function comparisonOf(runs: readonly Run[]): Comparison {
  const rows = (texts: Readonly<Record<string, (run: Run) => string>>) =>
    Object.entries(texts).map(([label, text]) => ({ label, values: runs.map(text) }));
  const samples = runs[0]?.draft.dataset.words.sample.many ?? 'samples';
  return {
    results: rows(RESULTS),
    recipe: rows({ ...recipeTexts(samples), 'Began with': beginning }),
    network: networkRows(runs),
  };
}

/** Whether the runs have different things in a line. */
export function differs({ values }: ComparisonRow): boolean {
  return values.some((value) => value !== values[0]);
}

const beginning = ({ carriedFrom }: Run) => (carriedFrom === null ? 'new weights' : originText(carriedFrom));
const share = (accuracy: number | undefined) => (accuracy === undefined ? NOTHING : percentText(accuracy));

const RESULTS: Readonly<Record<string, (run: Run) => string>> = {
  'Best validation accuracy': (run) => share(bestOf(run)?.accuracy),
  'Lowest validation loss': (run) => {
    const best = bestOf(run);
    return best === undefined ? NOTHING : lossText(best.loss);
  },
  'at epoch': (run) => String(bestOf(run)?.epoch ?? NOTHING),
  'Training sample at the end': (run) => share(run.epochs.at(-1)?.trainSample?.accuracy),
  'Validation at the end': (run) => share(run.epochs.at(-1)?.validation?.accuracy),
  Test: (run) => share(run.test?.accuracy),
  'Epochs done': (run) => String(run.epochs.length),
  'Training time': (run) => clockText(run.seconds),
  Backend: (run) => run.backend ?? NOTHING,
};

function ofRecipe(text: (recipe: Recipe) => string): (run: Run) => string {
  return ({ draft }) => text(draft.recipe);
}

/** What a recipe says, by what it is about; `samples`: what samples are called. */
const recipeTexts = (samples: string): Readonly<Record<string, (run: Run) => string>> => ({
  Optimizer: ofRecipe(({ optimizer }) => withOptions(OPTIMIZERS[optimizer.kind].title, optimizer)),
  'Learning rate': ofRecipe(({ learningRate }) => rateText(learningRate)),
  Schedule: ofRecipe(({ schedule }) => withOptions(SCHEDULES[schedule.kind].title, schedule)),
  'Weight decay': ofRecipe((recipe) => offAtZero(weightDecayOf(recipe))),
  'Gradient clipping': ofRecipe(({ clipNorm }) => offAtZero(clipNorm ?? 0)),
  Loss: ofRecipe(({ loss }) => LOSS_TITLES[loss]),
  'Label smoothing': ofRecipe(({ labelSmoothing }) => offAtZero(labelSmoothing)),
  'Class weights': ofRecipe(({ classWeights }) => (classWeights === 'none' ? 'off' : classWeights)),
  'Label noise': ofRecipe(({ labelNoise }) => (labelNoise === 0 ? 'off' : briefPercentText(labelNoise))),
  'Batch size': ofRecipe(({ batchSize }) => countText(batchSize)),
  Epochs: ofRecipe(({ epochs }) => countText(epochs)),
  [`Training ${samples}`]: ofRecipe(({ trainingImages }) => countText(trainingImages)),
  Validation: ofRecipe(({ validateOn, validationSplit }) =>
    validateOn === 'test' ? 'test set' : briefPercentText(validationSplit),
  ),
  Augmentation: ofRecipe(({ augmentation }) => augmentationText(augmentation)),
  'Early stopping': ofRecipe(({ earlyStopping }) =>
    earlyStopping === null ? 'off' : `after ${earlyStopping.patience}`,
  ),
  Seed: ofRecipe(({ seed }) => String(seed)),
});

function offAtZero(value: number): string {
  return value === 0 ? 'off' : rateText(value);
}

/** `Adam · 0.9 · 0.999 · 1e-7`: its own numbers follow in their order. */
function withOptions(title: string, { kind: _, ...options }: { readonly kind: string }): string {
  const numbers = Object.entries<unknown>(options).map(([name, value]) =>
    typeof value === 'boolean' ? value && name : String(value),
  );
  return [title, ...numbers.filter(Boolean)].join(' · ');
}

function augmentationText(spec: AugmentationSpec): string {
  const numbers = AUGMENTATION_FIELDS.filter(({ option }) => spec[option] > 0).map(
    ({ option, label }) => `${label.toLowerCase()} ${spec[option]}`,
  );
  return [...(spec.flip ? ['flip'] : []), ...numbers].join(', ') || 'off';
}

/** The layers of all runs in their order, those that correspond in one line. */
function networkRows(runs: readonly Run[]): readonly ComparisonRow[] {
  const networks = runs.map(({ draft }) => draft.network.layers.filter(({ off }) => !off));
  const ids: string[] = [];
  for (const layers of networks) {
    layers.forEach(({ id }, i) => {
      if (!ids.includes(id)) ids.splice(ids.indexOf(layers[i - 1]?.id ?? '') + 1, 0, id);
    });
  }
  const layerRows = ids.map((id) => {
    const layers = networks.map((network) => network.find((layer) => layer.id === id));
    const kind = layers.find((layer) => layer !== undefined)?.kind ?? 'dense';
    const texts = layers.map((layer) =>
      layer === undefined ? NOTHING : definitionOf(layer.kind).summary(layer) || 'yes',
    );
    return { label: definitionOf(kind).title, values: texts };
  });
  const parameters = runs.map(({ draft }) => countText(analysisOf(draft).totals.trainable));
  return [{ label: 'Parameters', values: parameters }, ...layerRows];
}
