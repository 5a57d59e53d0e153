import { classCountOf } from '../core/dataset/spec.ts';
import { balancedWeights } from '../core/training/class-weights.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { SampleStore } from '../dataset/store.ts';
import type { TrainingSet } from '../dataset/training-set.ts';

/** What the class weights of a run follow from. */
interface WeightSources {
  readonly store: SampleStore;
  readonly trainingSet: TrainingSet;
}

/** The class weights of a run. They are known once all its training samples have arrived. */
export class RunClassWeights {
  readonly #balanced: boolean;
  readonly #sources: WeightSources;
  #known: readonly number[] | null = null;

  constructor({ classWeights }: Recipe, sources: WeightSources) {
    this.#balanced = classWeights === 'balanced';
    this.#sources = sources;
  }

  /** The weight of each class; null where every sample counts the same. Waits for the labels; see `TrainingSet.split`. */
  async read(signal: AbortSignal): Promise<readonly number[] | null> {
    if (!this.#balanced || this.#known !== null) return this.#known;
    const { store, trainingSet } = this.#sources;
    const { train } = await trainingSet.split(signal);
    const labels = trainingSet.labels();
    const trained = Uint8Array.from(train, (sample) => labels[sample] ?? 0);
    this.#known = balancedWeights(trained, classCountOf(store.spec));
    return this.#known;
  }
}
