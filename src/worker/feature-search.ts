import type { Answerer, FeatureNeighbours } from '../core/explaining/feature-neighbours.ts';
import { decidesByPixels, lastHidden } from '../core/explaining/hidden-layer.ts';
import type { Graph } from '../core/network/graph.ts';
import type { EvaluationControl, FeatureIndex } from '../engine/engine.ts';
import type { ImageProgress, QuestionOf } from '../protocol/requests.ts';
import type { WorkerContext } from './context.ts';
import { createLock } from './lock.ts';
import { NewestOnly } from './newest-only.ts';
import type { RequestControl } from './request-server.ts';
import type { Session } from './session.ts';
import type { ShippedNetwork } from './shipped.ts';

type Question = QuestionOf<'featureNeighbours'>;

/** The training images by the features of one network at one step, whatever becomes of the run that its weights are from. */
interface IndexedNetwork {
  readonly by: Answerer;
  readonly graph: Graph;
  readonly index: FeatureIndex;
  dispose(): void;
}

/**
 * Finds the training images that a network finds most like an image. Sending all of them through the network is the work,
 * so what came of it is kept, for one network at one step: while that is the newest, the next request finds it done.
 * Training goes on meanwhile, between any two batches.
 */
export class FeatureSearch {
  readonly #context: WorkerContext;
  readonly #shipped: ShippedNetwork;
  readonly #newest = new NewestOnly();
  /** Searches wind down before the next one begins. */
  readonly #exclusive = createLock();
  #indexed: IndexedNetwork | null = null;

  constructor(context: WorkerContext, shipped: ShippedNetwork) {
    this.#context = context;
    this.#shipped = shipped;
  }

  /**
   * Rejects with an AbortError when a newer search comes, or the run is dropped. A search that takes over from another
   * finishes the index of that one, even where its weights are not the newest any more: who looks at one image after
   * another while the network trains would never see any answer.
   */
  find(
    question: Question,
    session: Session | null,
    control: RequestControl<ImageProgress>,
  ): Promise<FeatureNeighbours> {
    const takesOver = this.#newest.isBusy;
    const onProgress = (done: number, total: number) => control.onProgress({ done, total });
    return this.#newest.run(control.signal, (signal) =>
      this.#exclusive(() => this.#search(question, session, takesOver, { signal, onProgress })),
    );
  }

  /** Ends the search under way and frees what is kept. */
  async forget(): Promise<void> {
    this.#newest.end('The run was dropped before the answer.');
    await this.#exclusive(async () => this.#dismiss());
  }

  async #search(
    { pixels, k }: Question,
    session: Session | null,
    takesOver: boolean,
    control: EvaluationControl,
  ): Promise<FeatureNeighbours> {
    control.signal.throwIfAborted();
    const indexed = await this.#indexedNetwork(session, takesOver);
    control.signal.throwIfAborted();
    if (indexed === null) return { type: 'noNetwork' };
    const { by, graph, index } = indexed;
    const layer = lastHidden(graph);
    if (decidesByPixels(layer)) return { type: 'pixels', by };
    return { type: 'found', by, layer, neighbours: await index.nearest(pixels, k, control) };
  }

  /** The network to ask: the one that is kept where it will do, and else a new one in its place. */
  async #indexedNetwork(session: Session | null, takesOver: boolean): Promise<IndexedNetwork | null> {
    const step = session?.trainer?.step ?? 0;
    const run = session === null || step === 0 ? 'shipped' : session.run;
    const kept = this.#indexed?.by;
    if (kept?.run === run && (run === 'shipped' || kept.step === step || takesOver)) return this.#indexed;
    this.#dismiss();
    this.#indexed = (session !== null && step > 0 ? await this.#trained(session) : null) ?? (await this.#preTrained());
    return this.#indexed;
  }

  /** The run's network with a copy of its weights. */
  async #trained(session: Session): Promise<IndexedNetwork | null> {
    const { engine } = this.#context;
    const { graph, run } = session;
    const weights = await session.weights();
    if (weights === null) return null;
    const network = await engine.createPredictor(graph, weights.values);
    const by = { run, step: weights.step, testAccuracy: null };
    return { by, graph, index: engine.createIndex(graph, network), dispose: () => network.dispose() };
  }

  async #preTrained(): Promise<IndexedNetwork | null> {
    const loaded = await this.#shipped.network();
    if (loaded === null) return null;
    const { manifest, graph, predictor } = loaded;
    const by = { run: 'shipped', step: manifest.steps, testAccuracy: manifest.testAccuracy } as const;
    // It goes on answering drawings.
    return { by, graph, index: this.#context.engine.createIndex(graph, predictor), dispose: () => {} };
  }

  #dismiss(): void {
    this.#indexed?.dispose();
    this.#indexed = null;
  }
}
