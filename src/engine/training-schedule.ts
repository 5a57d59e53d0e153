import { streamKey } from '../core/random.ts';
import { alternationAt } from '../core/training/alternating-flip.ts';
import { isAlternating, isAugmented } from '../core/training/augmentation.ts';
import type { Course } from '../core/training/checkpoint.ts';
import { type Adjustment, type LiveSettings, settingsOf } from '../core/training/live-settings.ts';
import type { Recipe } from '../core/training/recipe.ts';
import { learningRateAt } from '../core/training/schedule.ts';
import type { Variation } from './variation.ts';

/** What the recipe asks of each step, by its place in the run, with the settings as they have been adjusted so far. */
export class TrainingSchedule {
  readonly stepsPerEpoch: number;
  readonly #recipe: Recipe;
  #settings: LiveSettings;
  /** Epochs in all, as the run started and after each extension. */
  #lengths: Course['lengths'];

  constructor(recipe: Recipe, stepsPerEpoch: number) {
    this.stepsPerEpoch = stepsPerEpoch;
    this.#recipe = recipe;
    this.#settings = settingsOf(recipe);
    this.#lengths = [recipe.epochs];
  }

  /** The settings from the next step on. */
  get settings(): LiveSettings {
    return this.#settings;
  }

  get course(): Course {
    return { settings: this.#settings, lengths: this.#lengths };
  }

  /** Goes on with the settings and the lengths of the same run as it was before. */
  follow({ settings, lengths }: Course): void {
    this.#settings = settings;
    this.#lengths = lengths;
  }

  adjust(values: Adjustment): void {
    this.#settings = { ...this.#settings, ...values };
  }

  /**
   * Makes the run so many epochs long in all. The schedule begins anew for those that are added (a warm restart:
   * Loshchilov and Hutter, arXiv:1608.03983), because it has reached its end.
   */
  extend(epochs: number): void {
    this.#lengths = [...this.#lengths, epochs];
  }

  /** The epoch of a step, and the step's place in it, both from 0. */
  placeOf(step: number): { readonly epoch: number; readonly step: number } {
    return { epoch: Math.floor(step / this.stepsPerEpoch), step: step % this.stepsPerEpoch };
  }

  /** The learning rate of a step. */
  learningRateAt(step: number): number {
    const ends = this.#lengths.map((epochs) => epochs * this.stepsPerEpoch);
    const from = ends.findLast((end, i) => i < ends.length - 1 && end <= step) ?? 0;
    const to = ends.find((end) => end > from) ?? from;
    return learningRateAt(this.#recipe.schedule, this.#settings.learningRate, step - from, to - from);
  }

  /** How the images of a step are augmented; null where they stay as they are. */
  variationAt(step: number): Variation | null {
    const { augmentation } = this.#settings;
    if (!isAugmented(augmentation)) return null;
    const place = this.placeOf(step);
    const { seed } = this.#recipe;
    const alternation = isAlternating(augmentation) ? alternationAt(seed, place.epoch) : null;
    return { spec: augmentation, key: streamKey(seed, 'augmentation', place.epoch, place.step), alternation };
  }
}
