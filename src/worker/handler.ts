import { type DatasetSpec, isSameDataset } from '../core/dataset/spec.ts';
import type { StreamFailure } from '../core/dataset/stream-events.ts';
import { type CarriedWeights, carriedWeights } from '../core/network/carried-weights.ts';
import { analyse, type Graph } from '../core/network/graph.ts';
import { recipeProblems } from '../core/training/recipe-problems.ts';
import type { Engine } from '../engine/engine.ts';
import { buffersIn } from '../protocol/buffers.ts';
import type { Command, DatasetSource, WeightsFrom } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import type { Port } from '../protocol/port.ts';
import { BesideRuns } from './beside-runs.ts';
import type { WorkerContext } from './context.ts';
import { RefusedError, reportOf } from './errors.ts';
import { FeatureSearch } from './feature-search.ts';
import { RequestServer } from './request-server.ts';
import { createRequestHandlers } from './requests.ts';
import { Session } from './session.ts';
import { ShippedNetwork } from './shipped.ts';

/** Serves the page: takes commands from the port, lets the engine do them, and reports what happens. */
export function serve(
  port: Port<WorkerEvent, Command>,
  engine: Engine,
  yieldToMessages: () => Promise<void>,
  // Browsers refuse a fetch that is called as a method of another object.
  fetchFile: typeof fetch = (input, init) => fetch(input, init),
): void {
  const emit = (event: WorkerEvent) => port.postMessage(event, buffersIn(event));
  const context = { engine, emit, yieldToMessages, now: () => performance.now() };
  const commands = new CommandHandler(context, new ShippedNetwork(engine, fetchFile));
  port.addEventListener('message', ({ data }) => {
    commands.take(data).catch((error) => emit({ type: 'failed', run: null, error: reportOf(error) }));
  });
}

/** Carries out commands, and holds the one run that the worker is busy with. */
class CommandHandler {
  readonly #context: WorkerContext;
  readonly #shipped: ShippedNetwork;
  readonly #features: FeatureSearch;
  readonly #requests: RequestServer;
  readonly #besideRuns: BesideRuns;
  #session: Session | null = null;
  #dropping: Promise<void> = Promise.resolve();
  /** How many data sets were asked for. */
  #openings = 0;
  /** What was asked for where another data set was found; null where all is well. */
  #mistaken: DatasetSource | null = null;

  constructor(context: WorkerContext, shipped: ShippedNetwork) {
    const { engine, emit, now } = context;
    const features = new FeatureSearch(context, shipped);
    const besideRuns = new BesideRuns(context);
    const handlers = createRequestHandlers({ engine, shipped, features, besideRuns, session: () => this.#session });
    this.#context = context;
    this.#shipped = shipped;
    this.#features = features;
    this.#besideRuns = besideRuns;
    this.#requests = new RequestServer({ handlers, emit, now });
  }

  async take(command: Command): Promise<void> {
    switch (command.type) {
      case 'open':
        return this.#open(command);
      case 'openDataset':
        return this.#openDataset(command);
      case 'retryData':
        return this.#retryData();
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
      case 'ask':
        return this.#requests.answer(command);
      case 'ping':
        return this.#context.emit({ type: 'pong' });
      case 'cancel':
        return this.#requests.cancel(command.request);
      default:
        return command satisfies never;
    }
  }

  #sessionOf(run: number): Session | null {
    return this.#session?.run === run ? this.#session : null;
  }

  async #open({ backend }: Command & { type: 'open' }): Promise<void> {
    const { engine, emit } = this.#context;
    emit({ type: 'opened', report: await engine.open(backend) });
  }

  /** Where another data set was found, the one that was asked for may be there now. */
  async #retryData(): Promise<void> {
    this.#shipped.retry();
    if (this.#mistaken === null) return this.#context.engine.retryData();
    return this.#openDataset({ type: 'openDataset', source: this.#mistaken });
  }

  /** What belongs to the data set before is dropped first. */
  async #openDataset({ source }: Command & { type: 'openDataset' }): Promise<void> {
    const { baseUrl, expected, pretrainedUrl } = source;
    const { engine, emit } = this.#context;
    const request = ++this.#openings;
    this.#mistaken = null;
    await this.#drop();
    // Another one was asked for meanwhile.
    if (request !== this.#openings) return;
    this.#shipped.locate(expected && pretrainedUrl ? { url: pretrainedUrl, dataset: expected } : null);
    const fail = (failure: StreamFailure) => emit({ type: 'streamFailed', baseUrl, failure });
    engine.openDataset(baseUrl, {
      onSpec: (spec) => {
        if (expected === null || isSameDataset(spec, expected)) return emit({ type: 'datasetOpened', baseUrl, spec });
        this.#mistaken = source;
        fail(mistakenFor(spec, expected));
        engine.closeDataset();
      },
      onShard: (arrival) => emit({ type: 'shardArrived', baseUrl, arrival }),
      onFailure: fail,
    });
  }

  #train(command: Command & { type: 'train' }): void {
    const { run, dataset, network, recipe, advance, from = null, standing, judgesTest = true, weightsFrom } = command;
    const { graph, issues } = analyse(network, dataset);
    const problem =
      issues.find((issue) => issue.severity === 'error')?.message ?? Object.values(recipeProblems(recipe, dataset))[0];
    if (graph === null || problem !== undefined) throw new RefusedError(problem);
    // Asked before the session is dropped.
    const carried = this.#carried(graph, weightsFrom);
    // Whoever begins the run hears of it. One that is dropped before it begins needs no weights.
    carried.catch(() => undefined);
    const start = { run, graph, recipe, from, judgesTest, carried };
    this.#session = new Session(start, this.#context, this.#drop());
    if (standing === undefined) this.#session.advance(advance);
    else this.#session.stand(standing);
  }

  /** The weights that a run begins with; null for new ones. Rejects where those that were chosen cannot be read. */
  async #carried(graph: Graph, from: WeightsFrom | undefined): Promise<CarriedWeights | null> {
    if (from?.kind === 'current') return this.#weightsAtHand(graph);
    if (from?.kind !== 'given') return null;
    const before = analyse(from.network, from.dataset).graph;
    return before && carriedWeights(before, from.values, graph);
  }

  /** Those of the run at hand. */
  async #weightsAtHand(graph: Graph): Promise<CarriedWeights | null> {
    const session = this.#session;
    try {
      if (session === null) throw new Error('The training engine does not have it any more.');
      return await session.weightsFor(graph);
    } catch (error) {
      // Another worker goes on where the graphics processor is lost.
      if (error instanceof Error && error.name === 'GpuLostError') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new RefusedError(
        `This run did not begin, because the weights of ${session === null ? 'the run before' : `run ${session.run}`} could not be read. ${reason} Train again with other weights, or with new ones.`,
      );
    }
  }

  /** Runs are dropped one after another, and the next one starts when the device is free. */
  #drop(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    // Not waited for: what is under way there may be the download of the network that ships.
    void this.#features.forget();
    const ended = this.#besideRuns.end();
    this.#dropping = this.#dropping.then(() => session?.drop()).then(() => ended);
    return this.#dropping;
  }
}

/** The folder of a data set holds another one. */
function mistakenFor({ title }: DatasetSpec, expected: DatasetSpec): StreamFailure {
  const message = `The data folder does not hold ${expected.title} as this page knows it, but ${title}. Press Retry; if that does not help, the files on the server are from another version: tell whoever runs this page.`;
  return { code: 'manifest', message };
}
