import type { Alike, Answerer } from '../core/explaining/alike.ts';
import { decidesByPixels, lastHidden } from '../core/explaining/hidden-layer.ts';
import type { Graph } from '../core/network/graph.ts';
import type { EvaluationControl, FeatureIndex } from '../engine/engine.ts';
import type { Command } from '../protocol/commands.ts';
import { isAbort, reportOf } from './errors.ts';
import { createLock } from './lock.ts';
import type { Session, Surroundings } from './session.ts';
import type { ShippedNetwork } from './shipped.ts';

/** Milliseconds between two words of how far a search is. */
const PROGRESS_INTERVAL = 100;

type Question = Command & { type: 'findAlike' };

/** A network that keeps its weights, whatever becomes of the run that they are from. */
interface Witness {
  readonly by: Answerer;
  readonly graph: Graph;
  readonly index: FeatureIndex;
  dispose(): void;
}

/**
 * Finds the training images that a network finds most like an image. Sending all of them through the network is the work,
 * so what came of it is kept, for one network at one step: while that is the newest, the next question finds it done.
 * Training goes on meanwhile, between any two batches.
 */
export class AlikeSearch {
  readonly #around: Surroundings;
  readonly #shipped: ShippedNetwork;
  /** Searches wind down before the next one begins. */
  readonly #exclusive = createLock();
  #witness: Witness | null = null;
  #underWay: { readonly request: number; readonly abort: AbortController } | null = null;

  constructor(around: Surroundings, shipped: ShippedNetwork) {
    this.#around = around;
    this.#shipped = shipped;
  }

  /**
   * Answers with `alikeFound`. A search under way is ended, but its index is finished, even where its weights are not the
   * newest any more: who looks at one image after another while the network trains would never see any answer.
   */
  async find(question: Question, session: Session | null): Promise<void> {
    const { request } = question;
    const takesOver = this.#underWay !== null;
    this.#underWay?.abort.abort();
    const search = { request, abort: new AbortController() };
    this.#underWay = search;
    try {
      const control = { signal: search.abort.signal, onProgress: this.#reporting(request) };
      const alike = await this.#exclusive(() => this.#search(question, session, takesOver, control));
      this.#around.emit({ type: 'alikeFound', request, alike });
    } catch (error) {
      // The run goes on without it.
      const alike = isAbort(error) ? null : ({ type: 'failed', message: reportOf(error).message } as const);
      this.#around.emit({ type: 'alikeFound', request, alike });
    } finally {
      if (this.#underWay === search) this.#underWay = null;
    }
  }

  /** Ends a search that nobody waits for. */
  stop(request: number): void {
    if (this.#underWay?.request === request) this.#underWay.abort.abort();
  }

  /** Ends the search under way and frees what is kept. */
  async forget(): Promise<void> {
    this.#underWay?.abort.abort();
    await this.#exclusive(async () => this.#dismiss());
  }

  async #search(
    { pixels, k }: Question,
    session: Session | null,
    takesOver: boolean,
    control: EvaluationControl,
  ): Promise<Alike> {
    control.signal.throwIfAborted();
    const witness = await this.#call(session, takesOver);
    control.signal.throwIfAborted();
    if (witness === null) return { type: 'noNetwork' };
    const { by, graph, index } = witness;
    const layer = lastHidden(graph);
    if (decidesByPixels(layer)) return { type: 'pixels', by };
    return { type: 'found', by, layer, neighbours: await index.nearest(pixels, k, control) };
  }

  /** The network to ask: the one that is kept where it will do, and else a new one in its place. */
  async #call(session: Session | null, takesOver: boolean): Promise<Witness | null> {
    const step = session?.trainer?.step ?? 0;
    const run = session === null || step === 0 ? 'shipped' : session.run;
    const kept = this.#witness?.by;
    if (kept?.run === run && (run === 'shipped' || kept.step === step || takesOver)) return this.#witness;
    this.#dismiss();
    this.#witness = (session !== null && step > 0 ? await this.#trained(session) : null) ?? (await this.#preTrained());
    return this.#witness;
  }

  /** The run's network with a copy of its weights. */
  async #trained(session: Session): Promise<Witness | null> {
    const { engine } = this.#around;
    const { graph, run } = session;
    const weights = await session.weights();
    if (weights === null) return null;
    const network = await engine.createPredictor(graph, weights.values);
    const by = { run, step: weights.step, testAccuracy: null };
    return { by, graph, index: engine.createIndex(graph, network), dispose: () => network.dispose() };
  }

  async #preTrained(): Promise<Witness | null> {
    const loaded = await this.#shipped.network();
    if (loaded === null) return null;
    const { manifest, graph, predictor } = loaded;
    const by = { run: 'shipped', step: manifest.steps, testAccuracy: manifest.testAccuracy } as const;
    // It goes on answering drawings.
    return { by, graph, index: this.#around.engine.createIndex(graph, predictor), dispose: () => {} };
  }

  #dismiss(): void {
    this.#witness?.dispose();
    this.#witness = null;
  }

  #reporting(request: number): EvaluationControl['onProgress'] {
    let heard = Number.NEGATIVE_INFINITY;
    return (done, total) => {
      const now = this.#around.now();
      if (now - heard < PROGRESS_INTERVAL) return;
      heard = now;
      this.#around.emit({ type: 'alikeProgressed', request, done, total });
    };
  }
}
