import type { NetworkInspection } from '../core/explaining/inspection.ts';
import { analyse } from '../core/network/graph.ts';
import { recipeProblems } from '../core/training/recipe.ts';
import type { Engine } from '../engine/engine.ts';
import type { Command } from '../protocol/commands.ts';
import { buffersOf, type PredictedAnswer, type WorkerEvent } from '../protocol/events.ts';
import type { Port } from '../protocol/port.ts';
import { AlikeSearch } from './alike-search.ts';
import { isAbort, RefusedError, reportOf } from './errors.ts';
import { inspect } from './inspect.ts';
import { Session, type Surroundings } from './session.ts';
import { ShippedNetwork } from './shipped.ts';

/** Serves the page: takes commands from the port, lets the engine do them, and reports what happens. */
export function serve(
  port: Port<WorkerEvent, Command>,
  engine: Engine,
  yieldToMessages: () => Promise<void>,
  // Browsers refuse a fetch that is called as a method of another object.
  fetchFile: typeof fetch = (input, init) => fetch(input, init),
): void {
  const emit = (event: WorkerEvent) => port.postMessage(event, buffersOf(event));
  const around = { engine, emit, yieldToMessages, now: () => performance.now() };
  const commands = new CommandHandler(around, new ShippedNetwork(engine, fetchFile));
  port.addEventListener('message', ({ data }) => {
    commands.take(data).catch((error) => emit({ type: 'failed', run: null, error: reportOf(error) }));
  });
}

/** Holds the one run that the worker is busy with. */
class CommandHandler {
  readonly #around: Surroundings;
  readonly #shipped: ShippedNetwork;
  readonly #alike: AlikeSearch;
  #session: Session | null = null;
  #dropping: Promise<void> = Promise.resolve();
  #search = new AbortController();

  constructor(around: Surroundings, shipped: ShippedNetwork) {
    this.#around = around;
    this.#shipped = shipped;
    this.#alike = new AlikeSearch(around, shipped);
  }

  async take(command: Command): Promise<void> {
    const { engine } = this.#around;
    switch (command.type) {
      case 'open':
        return this.#open(command);
      case 'retryData':
        this.#shipped.retry();
        return engine.retryData();
      case 'train':
        return this.#train(command);
      case 'advance':
        return this.#sessionOf(command.run)?.advance(command.advance);
      case 'pause':
        return this.#sessionOf(command.run)?.pause();
      case 'adjust':
        return this.#sessionOf(command.run)?.adjust(command.values);
      case 'extend':
        return this.#sessionOf(command.run)?.extend(command.epochs);
      case 'reset':
        return this.#drop();
      case 'evaluate':
        return this.#sessionOf(command.run)?.evaluate(command.set);
      case 'predict':
        return this.#predict(command);
      case 'inspect':
        return this.#inspect(command);
      case 'fetchImages':
        return this.#fetchImages(command);
      case 'fetchWeights':
        return this.#fetchWeights(command);
      case 'fetchSnapshot':
        return this.#fetchSnapshot(command);
      case 'findNearest':
        return this.#findNearest(command);
      case 'findAlike':
        return this.#alike.find(command, this.#session);
      case 'stopAlike':
        return this.#alike.stop(command.request);
      default:
        return command satisfies never;
    }
  }

  #sessionOf(run: number): Session | null {
    return this.#session?.run === run ? this.#session : null;
  }

  async #open(command: Command & { type: 'open' }): Promise<void> {
    const { engine, emit } = this.#around;
    this.#shipped.locate(command.shippedUrl, command.dataset);
    engine.stream(command.baseUrl, {
      onShard: (arrival) => emit({ type: 'shardArrived', arrival }),
      onFailure: (failure) => emit({ type: 'streamFailed', failure }),
    });
    emit({ type: 'opened', report: await engine.open(command.backend) });
  }

  #train({ run, dataset, network, recipe, advance, from, keepsWeights }: Command & { type: 'train' }): void {
    const { graph, issues } = analyse(network, dataset);
    const problem =
      issues.find((issue) => issue.severity === 'error')?.message ?? Object.values(recipeProblems(recipe, dataset))[0];
    if (graph === null || problem !== undefined) throw new RefusedError(problem);
    // Asked before the session is dropped. Where its weights cannot be read any more, the new run starts afresh.
    const kept = keepsWeights ? this.#session?.weightsFor(graph).catch(() => null) : null;
    const carried = Promise.resolve(kept ?? null);
    this.#session = new Session({ run, graph, recipe, from: from ?? null, carried }, this.#around, this.#drop());
    this.#session.advance(advance);
  }

  /** Runs are dropped one after another, and the next one starts when the device is free. */
  #drop(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    // Not waited for: what is under way there may be the download of the network that ships.
    void this.#alike.forget();
    this.#dropping = this.#dropping.then(() => session?.drop());
    return this.#dropping;
  }

  async #predict({ request, pixels }: Command & { type: 'predict' }): Promise<void> {
    this.#around.emit({ type: 'predicted', request, answer: await this.#answer(pixels) });
  }

  /** The run's network answers from its first step on; until then the one that ships with the app. */
  async #answer(pixels: Uint8Array): Promise<PredictedAnswer | null> {
    const { run = 0, trainer = null } = this.#session ?? {};
    if (trainer !== null && trainer.step > 0)
      return { run, step: trainer.step, testAccuracy: null, probabilities: await trainer.predict(pixels) };
    const shipped = await this.#shipped.predict(pixels);
    if (shipped === null) return null;
    const { steps, testAccuracy, probabilities } = shipped;
    return { run: 'shipped', step: steps, testAccuracy, probabilities };
  }

  /** As `#answer`, who is looked into. The run's network takes no step while it is. */
  async #inspect({ request, pixels, layerId }: Command & { type: 'inspect' }): Promise<void> {
    const inspection = (await this.#inspectRun(pixels, layerId)) ?? (await this.#inspectShipped(pixels, layerId));
    this.#around.emit({ type: 'inspected', request, inspection });
  }

  async #inspectRun(pixels: Uint8Array, layerId: string | null): Promise<NetworkInspection | null> {
    const session = this.#session;
    if (session === null) return null;
    const { run, graph } = session;
    return session.ask(async (network) => {
      const by = { run, step: network.step, testAccuracy: null };
      return inspect({ by, graph, network, weights: await network.readWeights() }, pixels, layerId);
    });
  }

  async #inspectShipped(pixels: Uint8Array, layerId: string | null): Promise<NetworkInspection | null> {
    const loaded = await this.#shipped.network();
    if (loaded === null) return null;
    const { manifest, graph, weights, predictor: network } = loaded;
    const by = { run: 'shipped', step: manifest.steps, testAccuracy: manifest.testAccuracy } as const;
    return inspect({ by, graph, network, weights }, pixels, layerId);
  }

  #fetchImages({ request, split, indices }: Command & { type: 'fetchImages' }): void {
    this.#around.emit({ type: 'imagesFetched', request, pixels: this.#around.engine.images(split, indices) });
  }

  async #fetchWeights({ request, run }: Command & { type: 'fetchWeights' }): Promise<void> {
    const weights = (await this.#sessionOf(run)?.weights()) ?? null;
    this.#around.emit({ type: 'weightsFetched', request, weights });
  }

  async #fetchSnapshot({ request, run }: Command & { type: 'fetchSnapshot' }): Promise<void> {
    const snapshot = (await this.#sessionOf(run)?.snapshot()) ?? null;
    this.#around.emit({ type: 'snapshotFetched', request, snapshot });
  }

  /** One search at a time: a newer question ends the one under way, which is answered with null. */
  async #findNearest({ request, pixels, k }: Command & { type: 'findNearest' }): Promise<void> {
    const { engine, emit } = this.#around;
    this.#search.abort();
    const search = new AbortController();
    this.#search = search;
    try {
      emit({ type: 'nearestFound', request, neighbours: await engine.nearest(pixels, k, search.signal) });
    } catch (error) {
      if (!isAbort(error)) throw error;
      emit({ type: 'nearestFound', request, neighbours: null });
    }
  }
}
