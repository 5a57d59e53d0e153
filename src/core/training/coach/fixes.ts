import { analyse } from '../../network/graph.ts';
import type { Initializer } from '../../network/initializers.ts';
import { definitionOf, dropRateOf, type LayerSpec } from '../../network/layers/registry.ts';
import { applyEdit, createLayer, freeId, type Network } from '../../network/network.ts';
import { briefText, numberText } from '../../text/number-text.ts';
import { isAugmented } from '../augmentation.ts';
import { DEFAULT_EARLY_STOPPING, type Recipe } from '../recipe.ts';
import { diffText, runDiff } from '../run-diff.ts';
import type { Setup } from '../setup.ts';

/** Something to try against what the coach has found: data, so that it can be shown, applied and kept. */
export type CoachFix =
  /** Behind every hidden Dense, or else before the output; the rate of a Dropout that stands there is raised to it. */
  | { readonly kind: 'dropout'; readonly rate: number }
  | { readonly kind: 'augmentation'; readonly shift: number }
  | { readonly kind: 'l2'; readonly l2: number }
  | { readonly kind: 'trainingImages'; readonly images: number }
  /** Multiplies the units and filters of every layer but the last. */
  | { readonly kind: 'networkSize'; readonly factor: number }
  | { readonly kind: 'earlyStopping'; readonly patience: number }
  | { readonly kind: 'learningRate'; readonly rate: number }
  | { readonly kind: 'clipNorm'; readonly norm: number }
  | { readonly kind: 'epochs'; readonly epochs: number }
  | { readonly kind: 'batchSize'; readonly images: number }
  | { readonly kind: 'validationSplit'; readonly share: number }
  /** All classes count the same, however many samples they have. */
  | { readonly kind: 'classWeights' }
  /** In place of relu, which has no slope below zero. */
  | { readonly kind: 'leakyRelu' }
  /** In place of weights that all start the same. */
  | { readonly kind: 'initializer'; readonly initializer: Initializer };

/** New values for options of a layer. */
type Options = Readonly<Record<string, unknown>>;

/** A setup after a fix; the seed stays, so that the two runs differ in nothing else. */
export interface FixedSetup extends Setup {
  /** In a few words, as on a button: `+Dropout 0.25`. */
  readonly label: string;
}

/** The setup after a fix, and what to call it; null when the fix would change nothing, or leave a faulty network. */
export function applyFix(setup: Setup, fix: CoachFix): FixedSetup | null {
  const fixed = changed(setup, fix);
  const difference = diffText(runDiff(setup, fixed));
  if (difference === '' || analyse(fixed.network, fixed.dataset).graph === null) return null;
  return { ...fixed, label: labelOf(fix, setup) ?? difference };
}

function changed(setup: Setup, fix: CoachFix): Setup {
  const { dataset, network, recipe } = setup;
  const withRecipe = (values: Partial<Recipe>): Setup => ({ ...setup, recipe: { ...recipe, ...values } });
  const withOptions = (optionsOf: (layer: LayerSpec) => Options): Setup => ({
    ...setup,
    network: network.layers.reduce(
      (edited, layer) => applyEdit(edited, { type: 'setOptions', id: layer.id, values: optionsOf(layer) }),
      network,
    ),
  });
  switch (fix.kind) {
    case 'dropout':
      return { ...setup, network: withDropout(network, fix.rate) };
    case 'augmentation':
      if (isAugmented(recipe.augmentation) || dataset.samples.kind !== 'image') return setup;
      return withRecipe({ augmentation: { ...recipe.augmentation, flip: true, shift: fix.shift } });
    case 'l2':
      return withOptions((layer) => ('l2' in layer ? { l2: Math.max(layer.l2, fix.l2) } : {}));
    case 'trainingImages':
      return withRecipe({ trainingImages: Math.min(fix.images, dataset.splits.train) });
    case 'networkSize':
      return withOptions(resized(network, fix.factor));
    case 'earlyStopping':
      return withRecipe({ earlyStopping: { ...DEFAULT_EARLY_STOPPING, patience: fix.patience } });
    case 'learningRate':
      return withRecipe({ learningRate: fix.rate });
    case 'clipNorm':
      return withRecipe({ clipNorm: fix.norm });
    case 'epochs':
      return withRecipe({ epochs: fix.epochs });
    case 'batchSize':
      return withRecipe({ batchSize: fix.images });
    case 'validationSplit':
      return withRecipe({ validateOn: 'split', validationSplit: fix.share });
    case 'classWeights':
      return withRecipe({ classWeights: 'balanced' });
    case 'leakyRelu':
      return withOptions((layer) => (usesRelu(layer) ? { activation: 'leakyRelu' } : {}));
    case 'initializer':
      return withOptions((layer) => (hasEqualWeights(layer) ? { kernelInitializer: fix.initializer } : {}));
    default:
      return fix satisfies never;
  }
}

/** What to call a fix where its differences would be many or less plain. */
function labelOf(fix: CoachFix, { recipe, dataset }: Setup): string | null {
  switch (fix.kind) {
    case 'augmentation':
      return '+Flip and shift';
    case 'trainingImages':
      return `+${numberText(fix.images - recipe.trainingImages)} ${dataset.words.sample.many}`;
    case 'networkSize':
      return fix.factor < 1 ? 'Smaller network' : 'Larger network';
    case 'epochs':
      return `${recipe.epochs} → ${fix.epochs} epochs`;
    case 'leakyRelu':
      return 'relu → leakyRelu';
    case 'earlyStopping':
      return '+Early stopping';
    case 'l2':
      return `+L2 ${briefText(fix.l2)}`;
    case 'dropout':
    case 'learningRate':
    case 'clipNorm':
    case 'batchSize':
    case 'validationSplit':
    case 'classWeights':
    case 'initializer':
      return null;
    default:
      return fix satisfies never;
  }
}

/** The layer that gives the outputs: the last Dense that is switched on; -1 where there is none. */
function outputIndex({ layers }: Network): number {
  return layers.findLastIndex((layer) => layer.kind === 'dense' && !layer.off);
}

function withDropout(network: Network, rate: number): Network {
  const output = outputIndex(network);
  const hidden = [...network.layers.keys()].filter((i) => i < output && network.layers[i]?.kind === 'dense');
  const places = hidden.length > 0 ? hidden.map((i) => i + 1) : [output];
  return output <= 0 ? network : places.reduceRight((grown, place) => withDropoutAt(grown, place, rate), network);
}

/** Puts a Dropout at a place of the list, unless one stands there or just before it. */
function withDropoutAt(network: Network, place: number, rate: number): Network {
  for (const layer of [network.layers[place], network.layers[place - 1]]) {
    const present = layer && dropRateOf(layer);
    if (layer === undefined || present === null || present === undefined) continue;
    const values = { off: false, rate: layer.off ? rate : Math.max(present, rate) };
    return applyEdit(network, { type: 'setOptions', id: layer.id, values });
  }
  const added = createLayer('dropout', freeId(network, 'dropout'), { rate });
  return { layers: network.layers.toSpliced(place, 0, added) };
}

/** Scales a layer's units or filters, unless it gives the outputs. */
function resized(network: Network, factor: number): (layer: LayerSpec) => Options {
  const output = network.layers[outputIndex(network)];
  const scaled = (count: number) => Math.max(1, Math.round(count * factor));
  return (layer) => {
    if (layer === output) return {};
    if ('units' in layer) return { units: scaled(layer.units) };
    return 'filters' in layer ? { filters: scaled(layer.filters) } : {};
  };
}

/** Whether a layer has relu units that could be leaky instead. */
export function usesRelu(layer: LayerSpec): boolean {
  const choices = definitionOf(layer.kind).fields.find(({ option }) => option === 'activation');
  const leaky = choices?.type === 'choice' && choices.choices.includes('leakyRelu');
  return leaky && 'activation' in layer && layer.activation === 'relu';
}

/** Whether all weights of a layer start the same, so that its units stay the same. */
export function hasEqualWeights(layer: LayerSpec): boolean {
  return 'kernelInitializer' in layer && (layer.kernelInitializer === 'zeros' || layer.kernelInitializer === 'ones');
}
