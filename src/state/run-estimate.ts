import { traitsOf } from '../core/network/layers/registry.ts';
import { isAugmented } from '../core/training/augmentation.ts';
import { weightDecayOf } from '../core/training/recipe.ts';
import { runSeconds, type TrainingSpeed } from '../core/training/training-speed.ts';
import type { Draft } from './draft.ts';

/** Speeds that were measured, by what they depend on. */
export type Speeds = ReadonlyMap<string, TrainingSpeed>;

/**
 * What the speed of a draft depends on, as a key: its layers, its batch size and what is computed in a step. Learning rates, dropout rates
 * and the like make no difference.
 */
export function speedKeyOf(draft: Draft): string {
  return keyOf(draft, draft.recipe.batchSize);
}

function keyOf(draft: Draft, batchSize: number): string {
  return JSON.stringify([batchSize, computationOf(draft)]);
}

/** What is computed in a step, but for how many samples. */
function computationOf({ dataset, network, recipe }: Draft): unknown {
  const { optimizer, clipNorm, loss, labelSmoothing, weightAveraging, augmentation } = recipe;
  const layers = network.layers.map((layer) => (traitsOf(layer).drops ? [layer.kind, layer.id, layer.off] : layer));
  const extras = [
    clipNorm !== null,
    labelSmoothing > 0,
    weightAveraging > 0,
    weightDecayOf(recipe) > 0,
    isAugmented(augmentation),
  ];
  return [dataset.id, layers, optimizer.kind, loss, extras];
}

/**
 * Of which drafts the speed should be measured, so that the time of all of them is known: of those that differ in the batch size only,
 * the smallest and the largest batch, between which others are interpolated.
 */
export function draftsToMeasure(drafts: readonly Draft[]): readonly Draft[] {
  const bySize = drafts.toSorted((a, b) => a.recipe.batchSize - b.recipe.batchSize);
  const named = bySize.map((draft) => [JSON.stringify(computationOf(draft)), draft] as const);
  // Of the drafts of one name a map keeps the last.
  const largest = new Map(named).values();
  const smallest = new Map(named.toReversed()).values();
  return [...new Map([...smallest, ...largest].map((draft) => [speedKeyOf(draft), draft])).values()];
}

/**
 * Seconds for the page to show that a run is over, to have the next one begin and to show that one, too, as `npm run estimates` found
 * it with short runs on two processor cores. It cannot be measured before a run, and only for runs of a second or so does it matter.
 */
const HANDING_OVER = 0.12;

/** How long drafts take one after the other, in seconds; null while the speed of one is not known. */
export function estimateOf(drafts: readonly Draft[], speeds: Speeds): number | null {
  const needed = draftsToMeasure(drafts);
  let total = 0;
  for (const draft of drafts) {
    const speed = speedOf(draft, needed, speeds);
    if (speed === null) return null;
    total += runSeconds(draft, speed) + HANDING_OVER;
  }
  return total;
}

/** As measured; between two batch sizes along a line, since a step takes some time for itself and some for each sample. */
function speedOf(draft: Draft, measured: readonly Draft[], speeds: Speeds): TrainingSpeed | null {
  const known = speeds.get(speedKeyOf(draft));
  if (known !== undefined) return known;
  const sizes = new Set(measured.map(({ recipe: { batchSize } }) => batchSize));
  const [small, large] = [...sizes].flatMap((batchSize) => {
    const speed = speeds.get(keyOf(draft, batchSize));
    return speed === undefined ? [] : [{ batchSize, speed }];
  });
  if (small === undefined || large === undefined) return null;
  const share = (draft.recipe.batchSize - small.batchSize) / (large.batchSize - small.batchSize);
  const between = (a: number, b: number) => a + share * (b - a);
  return {
    once: between(small.speed.once, large.speed.once),
    step: between(small.speed.step, large.speed.step),
    judgedSample: between(small.speed.judgedSample, large.speed.judgedSample),
    histograms: between(small.speed.histograms, large.speed.histograms),
  };
}
