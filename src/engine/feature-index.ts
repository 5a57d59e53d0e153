import { at } from '../core/at.ts';
import { CANDIDATES, Fold } from '../core/explaining/fold.ts';
import { type LabelledNeighbours, NearestSearch, type Neighbours } from '../core/explaining/nearest.ts';
import type { LabelledSamples } from '../dataset/store.ts';
import type { EvaluationControl, FeatureIndex, Predictor } from './engine.ts';
import { yieldToMessages } from './yield.ts';

/** Samples that go through the network before other work is done. */
export const FEATURE_BATCH = 100;

/** Batches that are compared before other work is done: a few milliseconds. */
const COMPARISONS = 40;

/** Features of samples in the order in which they arrived, a batch at a time, folded where they are very long. */
export class NetworkIndex implements FeatureIndex {
  readonly #network: Pick<Predictor, 'features'>;
  readonly #arrived: () => LabelledSamples;
  readonly #width: number;
  readonly #fold: Fold;
  /** [FEATURE_BATCH, kept] each; the last of them may be of fewer samples. */
  readonly #batches: Float32Array[] = [];
  #done = 0;

  /** `arrived`: the samples that have arrived; `width`: values that the network makes of each. */
  constructor(network: Pick<Predictor, 'features'>, width: number, arrived: () => LabelledSamples) {
    this.#network = network;
    this.#arrived = arrived;
    this.#width = width;
    this.#fold = new Fold(width);
  }

  async nearest(sample: Uint8Array, k: number, control: EvaluationControl): Promise<LabelledNeighbours> {
    const query = await this.#network.features(sample);
    await this.#grow(control);
    const isRough = this.#fold.isRough;
    const found = await this.#search(this.#fold.of(query), isRough ? Math.max(k, CANDIDATES) : k, control.signal);
    const near = isRough ? await this.#refined(query, found, k) : found;
    const { labels } = this.#arrived();
    return { ...near, labels: Uint8Array.from(near.indices, (index) => at(labels, index)) };
  }

  /** Takes the samples through the network that it has not seen, until no more arrive. */
  async #grow({ signal, onProgress }: EvaluationControl): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const { values, labels } = this.#arrived();
      onProgress(this.#done, labels.length);
      if (this.#done === labels.length) return;
      const size = values.length / labels.length;
      const end = Math.min(this.#done + FEATURE_BATCH, labels.length);
      const some = values.subarray(this.#done * size, end * size);
      this.#batches.push(this.#fold.of(await this.#network.features(some)));
      this.#done = end;
      await yieldToMessages();
    }
  }

  async #search(query: Float32Array, k: number, signal: AbortSignal): Promise<Neighbours> {
    const search = new NearestSearch(query, Math.min(k, this.#done), this.#fold.kept);
    for (const [i, batch] of this.#batches.entries()) {
      search.add(batch);
      if (i % COMPARISONS !== COMPARISONS - 1) continue;
      await yieldToMessages();
      signal.throwIfAborted();
    }
    return real(search.result);
  }

  /** The k nearest of the candidates, by all their values. */
  async #refined(query: Float32Array, { searched, indices }: Neighbours, k: number): Promise<Neighbours> {
    const { values, labels } = this.#arrived();
    const size = labels.length === 0 ? 0 : values.length / labels.length;
    const candidates = new Uint8Array(indices.length * size);
    indices.forEach((index, i) => {
      candidates.set(values.subarray(index * size, (index + 1) * size), i * size);
    });
    const search = new NearestSearch(query, Math.min(k, indices.length), this.#width);
    search.add(await this.#network.features(candidates));
    const { indices: places, distances } = search.result;
    return real({ searched, indices: places.map((place) => at(indices, place)), distances });
  }
}

/** Without the last places where there is nothing that could be compared. */
function real({ searched, indices, distances }: Neighbours): Neighbours {
  const count = distances.filter(Number.isFinite).length;
  return { searched, indices: indices.slice(0, count), distances: distances.slice(0, count) };
}
