import { streamKey } from '../core/random.ts';
import { isAugmented } from '../core/training/augmentation.ts';
import { type Adjustment, type LiveSettings, settingsOf } from '../core/training/live-settings.ts';
import type { Recipe } from '../core/training/recipe.ts';
import { learningRateAt } from '../core/training/schedule.ts';
import type { Variation } from './webgl/kernels/augmented-pixel.ts';

/** What the recipe asks of each step, by its place in the run, with the settings as they have been adjusted so far. */
export class TrainingSchedule {
  readonly stepsPerEpoch: number;
  readonly #recipe: Recipe;
  #settings: LiveSettings;
  /** The ranges of steps over which the schedule runs, one after the other. */
  #stretches: readonly { readonly from: number; readonly to: number }[];

  constructor(recipe: Recipe, stepsPerEpoch: number) {
    this.stepsPerEpoch = stepsPerEpoch;
    this.#recipe = recipe;
    this.#settings = settingsOf(recipe);
    this.#stretches = [{ from: 0, to: recipe.epochs * stepsPerEpoch }];
  }

  /** The settings from the next step on. */
  get settings(): LiveSettings {
    return this.#settings;
  }

  adjust(values: Adjustment): void {
    this.#settings = { ...this.#settings, ...values };
  }

  /**
   * Makes the run so many epochs long in all. The schedule begins anew for those that are added (a warm restart:
   * Loshchilov and Hutter, arXiv:1608.03983), because it has reached its end.
   */
  extend(epochs: number): void {
    const from = this.#stretches.at(-1)?.to ?? 0;
    this.#stretches = [...this.#stretches, { from, to: epochs * this.stepsPerEpoch }];
  }

  /** The epoch of a step, and the step's place in it, both from 0. */
  placeOf(step: number): { readonly epoch: number; readonly step: number } {
    return { epoch: Math.floor(step / this.stepsPerEpoch), step: step % this.stepsPerEpoch };
  }

  /** The learning rate of a step. */
  learningRateAt(step: number): number {
    const { from, to } = this.#stretches.findLast((stretch) => stretch.from <= step) ?? { from: 0, to: 1 };
    return learningRateAt(this.#recipe.schedule, this.#settings.learningRate, step - from, to - from);
  }

  /** How the images of a step are augmented; null where they stay as they are. */
  variationAt(step: number): Variation | null {
    const { augmentation } = this.#settings;
    if (!isAugmented(augmentation)) return null;
    const place = this.placeOf(step);
    return { spec: augmentation, key: streamKey(this.#recipe.seed, 'augmentation', place.epoch, place.step) };
  }
}
