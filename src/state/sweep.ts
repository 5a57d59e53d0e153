import type { DatasetSpec } from '../core/dataset/spec.ts';
import { traitsOf } from '../core/network/layers/registry.ts';
import { applyEdit, createLayer, freeId, type Network } from '../core/network/network.ts';
import { numberProblem } from '../core/network/options.ts';
import { briefPercentText, briefText } from '../core/text/number-text.ts';
import { DROPOUT_FIELD } from '../core/training/live-settings.ts';
import { OPTIMIZERS, type OptimizerKind } from '../core/training/optimizers/registry.ts';
import { withWeightDecay } from '../core/training/recipe.ts';
import { RECIPE_RANGES, recipeFields } from '../core/training/recipe-fields.ts';
import { type Draft, withOptimizer, withRecipe } from './draft.ts';
import type { Plan } from './queue.ts';

/** What can be tried over several values. */
export type Hyperparameter =
  | 'learningRate'
  | 'batchSize'
  | 'epochs'
  | 'trainingImages'
  | 'optimizer'
  | 'dropout'
  | 'weightDecay'
  | 'labelSmoothing'
  | 'labelNoise'
  | 'seed';

/** One value of a hyperparameter, and the draft that has it. */
export interface Variant {
  readonly label: string;
  readonly applyTo: (draft: Draft) => Draft;
  /** Before the other one of a pair, whose value it would overwrite. */
  readonly first?: boolean;
}

interface Entry {
  readonly title: string;
  /** What to try at first, separated by commas. */
  readonly usual: string;
  /** One value, or what is wrong with it as a sentence. */
  readonly read: (text: string) => Variant | string;
}

/** The most values of one hyperparameter, and the most runs of a sweep. */
const MOST_VALUES = 12;
const MOST_RUNS = 48;

const DROPOUT_RATE = { ...DROPOUT_FIELD, label: 'Dropout rate' };

/** The hyperparameters that can be swept over with a data set, by name. */
export type Hyperparameters = { readonly [Name in Hyperparameter]: Entry };

/** Every hyperparameter, in the order of the picker. */
export function hyperparametersFor(dataset: DatasetSpec): Hyperparameters {
  const fields = recipeFields(dataset);
  const number = (option: NumberOption, usual: string, label: (value: number) => string): Entry => ({
    title: fields[option].label,
    usual,
    read: (text) =>
      numberProblem(fields[option], Number(text)) ?? {
        label: label(Number(text)),
        applyTo: (draft) => withRecipe(draft, { [option]: Number(text) }, `sweep ${fields[option].label}`),
      },
  });
  return {
    learningRate: number('learningRate', '0.0001, 0.001, 0.01', (value) => `lr ${briefText(value)}`),
    batchSize: number('batchSize', '16, 64, 256', (value) => `batch ${value}`),
    optimizer: { title: 'Optimizer', usual: 'SGD, Momentum, Adam', read: readOptimizer },
    dropout: { title: 'Dropout rate', usual: '0, 0.25, 0.5', read: readDropout },
    trainingImages: number('trainingImages', usualCounts(dataset), (value) => `${value} ${dataset.words.sample.many}`),
    epochs: number('epochs', '5, 10, 20', (value) => `${value} epochs`),
    weightDecay: { title: fields.weightDecay.label, usual: '0, 0.001, 0.01', read: readWeightDecay },
    labelSmoothing: number('labelSmoothing', '0, 0.1, 0.2', (value) => `smoothing ${value}`),
    labelNoise: number('labelNoise', '0, 0.1, 0.2', (value) => `noise ${briefPercentText(value)}`),
    seed: number('seed', '1, 2, 3, 4, 5', (value) => `seed ${value}`),
  };
}

type NumberOption = Exclude<Hyperparameter, 'optimizer' | 'dropout' | 'weightDecay'>;

/** Three numbers of training samples that the data set has. */
function usualCounts({ splits }: DatasetSpec): string {
  const counts = [1000, 3000, 10_000];
  const fitting = counts.every((count) => count <= splits.train)
    ? counts
    : [0.25, 0.5, 1].map((share) => Math.floor(share * splits.train));
  return fitting.join(', ');
}

function readDropout(text: string): Variant | string {
  const rate = Number(text);
  return (
    numberProblem(DROPOUT_RATE, rate) ?? {
      label: `dropout ${rate}`,
      applyTo: (draft) => ({ ...draft, network: withDropoutRate(draft.network, rate) }),
    }
  );
}

function readWeightDecay(text: string): Variant | string {
  const decay = Number(text);
  return (
    numberProblem(RECIPE_RANGES.weightDecay, decay) ?? {
      label: `decay ${briefText(decay)}`,
      applyTo: (draft) => ({ ...draft, recipe: withWeightDecay(draft.recipe, decay) }),
    }
  );
}

const OPTIMIZER_KINDS = Object.values(OPTIMIZERS).map(({ defaults, title }) => ({ kind: defaults.kind, title }));

function readOptimizer(text: string): Variant | string {
  const simple = (name: string) => name.toLowerCase().replaceAll(/\W/g, '');
  const found = OPTIMIZER_KINDS.find(({ kind, title }) => [kind, simple(title)].includes(simple(text)));
  if (found === undefined)
    return `There is no optimizer called ${text}. Choose from ${OPTIMIZER_KINDS.map(({ title }) => title).join(', ')}.`;
  const kind: OptimizerKind = found.kind;
  return { label: found.title, first: true, applyTo: (draft) => withOptimizer(draft, kind) };
}

/**
 * The network with this rate in all its dropout layers, or in a new one before the last Dense where it has none.
 * @internal Exported for tests.
 */
export function withDropoutRate(network: Network, rate: number): Network {
  const dropouts = network.layers.filter((layer) => traitsOf(layer).drops && !layer.off);
  const output = network.layers.findLastIndex(({ kind, off }) => kind === 'dense' && !off);
  if (dropouts.length === 0 && (rate === 0 || output < 1)) return network;
  if (dropouts.length === 0) {
    const layer = createLayer('dropout', freeId(network, 'dropout'), { rate });
    return applyEdit(network, { type: 'insert', index: output, layer });
  }
  return dropouts.reduce((edited, { id }) => applyEdit(edited, { type: 'setOptions', id, values: { rate } }), network);
}

/** The values that a text names, separated by commas or spaces; or what is wrong with it, as a sentence. */
export function variantsOf({ read }: Hyperparameters[Hyperparameter], text: string): readonly Variant[] | string {
  const parts = [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];
  if (parts.length < 2) return 'Enter at least two values, separated by commas.';
  if (parts.length > MOST_VALUES) return `Enter at most ${MOST_VALUES} values.`;
  const variants = parts.map((part) => read(part));
  return (
    variants.find((value) => typeof value === 'string') ??
    variants.flatMap((value) => (typeof value === 'string' ? [] : [value]))
  );
}

/** A place in the sweep: a run to come, and which of the values it has. */
export interface SweepPlan extends Plan {
  readonly row: number;
  readonly column: number;
}

/** A run for each value of `rows`, or for each pair of values; or why that is not possible, as a sentence. */
export function sweepPlans(
  draft: Draft,
  rows: readonly Variant[],
  columns: readonly Variant[],
): readonly SweepPlan[] | string {
  const count = rows.length * Math.max(1, columns.length);
  if (count > MOST_RUNS)
    return `That would be ${count} runs. Enter fewer values: at most ${MOST_RUNS} runs are allowed.`;
  // Values are chosen by validation alone.
  const judgesTest = false;
  return rows.flatMap((one, row) => {
    if (columns.length === 0) return [{ row, column: 0, judgesTest, name: one.label, draft: one.applyTo(draft) }];
    return columns.map((other, column) => ({
      row,
      column,
      judgesTest,
      name: `${one.label}, ${other.label}`,
      draft: other.first ? one.applyTo(other.applyTo(draft)) : other.applyTo(one.applyTo(draft)),
    }));
  });
}
