import type { RuledField } from '../../core/classroom/rules.ts';
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
import type { SeedGroup } from '../seed-groups.ts';

/** One line of the side-by-side table: what it is about, and what each run, or each group of repeats, has there. */
export interface ComparisonRow {
  readonly label: string;
  /** In the order of the groups. */
  readonly values: readonly string[];
}

/** Runs side by side. */
export interface Comparison {
  readonly results: readonly ComparisonRow[];
  readonly recipe: readonly ComparisonRow[];
  readonly network: readonly ComparisonRow[];
}

const NOTHING = '–';

/**
 * How runs did, how they were trained, and their layers, line by line; those that differ in their seed alone as one. Of several, figures are
 * the mean with the least and the most, and other things are named as often as they differ. Hidden fields are left out.
 */
export function comparisonOf(groups: readonly SeedGroup[], isHidden: (field: RuledField) => boolean): Comparison {
  const row = (label: string, text: (run: Run) => string) => ({
    label,
    values: groups.map((group) => distinct(group.map(text))),
  });
  const samples = groups[0]?.[0].draft.dataset.words.sample.many ?? 'samples';
  const shown = recipeTexts(samples).filter(([field]) => !isHidden(field));
  return {
    results: RESULTS.map(({ label, cell }) => ({ label, values: groups.map(cell) })),
    recipe: [...shown.map(([, label, text]) => row(label, text)), row('Began with', beginning)],
    network: networkRows(groups.map(([run]) => run)),
  };
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].join(', ');
}

/** `88.1 %`, or `88.1 % (87.6 % to 88.9 %)` of several. */
function spreadText(values: readonly number[], format: (value: number) => string): string {
  if (values.length === 0) return NOTHING;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return format(mean);
  return `${format(mean)} (${format(Math.min(...values))} to ${format(Math.max(...values))})`;
}

/** Whether the runs have different things in a line. */
export function differs({ values }: ComparisonRow): boolean {
  return values.some((value) => value !== values[0]);
}

const beginning = ({ carriedFrom }: Run) => (carriedFrom === null ? 'new weights' : originText(carriedFrom));

interface Result {
  readonly label: string;
  readonly cell: (group: SeedGroup) => string;
}

function figure(label: string, of: (run: Run) => number | undefined, format: (value: number) => string): Result {
  return {
    label,
    cell: (group) =>
      spreadText(
        group.flatMap((run) => of(run) ?? []),
        format,
      ),
  };
}

function text(label: string, of: (run: Run) => string): Result {
  return { label, cell: (group) => distinct(group.map(of)) };
}

const RESULTS: readonly Result[] = [
  figure('Best validation accuracy', (run) => bestOf(run)?.accuracy, percentText),
  figure('Lowest validation loss', (run) => bestOf(run)?.loss, lossText),
  text('at epoch', (run) => String(bestOf(run)?.epoch ?? NOTHING)),
  figure('Training sample at the end', (run) => run.epochs.at(-1)?.trainSample?.accuracy, percentText),
  figure('Validation at the end', (run) => run.epochs.at(-1)?.validation?.accuracy, percentText),
  figure('Test', (run) => run.test?.accuracy, percentText),
  figure('Test, mean with mirror images', (run) => run.testMirrored?.accuracy, percentText),
  text('Epochs done', (run) => String(run.epochs.length)),
  figure('Training time', (run) => run.seconds, clockText),
  text('Backend', (run) => run.backend ?? NOTHING),
];

function ofRecipe(text: (recipe: Recipe) => string): (run: Run) => string {
  return ({ draft }) => text(draft.recipe);
}

type RecipeText = readonly [field: RuledField, label: string, text: (run: Run) => string];

/** What a recipe says; `samples`: what samples are called. */
const recipeTexts = (samples: string): readonly RecipeText[] => [
  ['optimizer', 'Optimizer', ofRecipe(({ optimizer }) => withOptions(OPTIMIZERS[optimizer.kind].title, optimizer))],
  ['learningRate', 'Learning rate', ofRecipe(({ learningRate }) => rateText(learningRate))],
  ['schedule', 'Schedule', ofRecipe(({ schedule }) => withOptions(SCHEDULES[schedule.kind].title, schedule))],
  ['weightDecay', 'Weight decay', ofRecipe((recipe) => offAtZero(weightDecayOf(recipe)))],
  ['clipNorm', 'Gradient clipping', ofRecipe(({ clipNorm }) => offAtZero(clipNorm ?? 0))],
  ['loss', 'Loss', ofRecipe(({ loss }) => LOSS_TITLES[loss])],
  ['labelSmoothing', 'Label smoothing', ofRecipe(({ labelSmoothing }) => offAtZero(labelSmoothing))],
  [
    'weightAveraging',
    'Average weights',
    ofRecipe(({ weightAveraging }) => (weightAveraging === 0 ? 'off' : String(weightAveraging))),
  ],
  ['classWeights', 'Class weights', ofRecipe(({ classWeights }) => (classWeights === 'none' ? 'off' : classWeights))],
  [
    'labelNoise',
    'Label noise',
    ofRecipe(({ labelNoise }) => (labelNoise === 0 ? 'off' : briefPercentText(labelNoise))),
  ],
  ['batchSize', 'Batch size', ofRecipe(({ batchSize }) => countText(batchSize))],
  ['epochs', 'Epochs', ofRecipe(({ epochs }) => countText(epochs))],
  ['trainingImages', `Training ${samples}`, ofRecipe(({ trainingImages }) => countText(trainingImages))],
  [
    'validation',
    'Validation',
    ofRecipe(({ validateOn, validationSplit }) =>
      validateOn === 'test' ? 'test set' : briefPercentText(validationSplit),
    ),
  ],
  ['augmentation', 'Augmentation', ofRecipe(({ augmentation }) => augmentationText(augmentation))],
  [
    'earlyStopping',
    'Early stopping',
    ofRecipe(({ earlyStopping }) => (earlyStopping === null ? 'off' : `after ${earlyStopping.patience}`)),
  ],
  ['testTimeFlip', 'Test-time flip', ofRecipe(({ testTimeFlip }) => (testTimeFlip ? 'on' : 'off'))],
  ['seed', 'Seed', ofRecipe(({ seed }) => String(seed))],
];

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
  return [...(spec.flip ? [spec.alternate ? 'alternating flip' : 'flip'] : []), ...numbers].join(', ') || 'off';
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
