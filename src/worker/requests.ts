import type { NetworkInspection } from '../core/explaining/inspection.ts';
import { analyse } from '../core/network/graph.ts';
import type { Engine } from '../engine/engine.ts';
import type { PredictedAnswer, QuestionOf } from '../protocol/requests.ts';
import type { BesideRuns } from './beside-runs.ts';
import type { FeatureSearch } from './feature-search.ts';
import { hiddenValues } from './hidden-values.ts';
import { inspect } from './inspect.ts';
import { NewestOnly } from './newest-only.ts';
import { predictMany, predictWith } from './predict-many.ts';
import type { RequestHandlers } from './request-server.ts';
import type { Session } from './session.ts';
import type { ShippedNetwork } from './shipped.ts';

/** What requests are answered from. */
export interface RequestSources {
  readonly engine: Engine;
  readonly shipped: ShippedNetwork;
  readonly features: FeatureSearch;
  readonly besideRuns: BesideRuns;
  /** The run that the worker holds; null while there is none. */
  session(): Session | null;
}

/** How each request is answered. */
export function createRequestHandlers(sources: RequestSources): RequestHandlers {
  const { engine, shipped, features, besideRuns, session } = sources;
  const pixelSearch = new NewestOnly();
  const sessionOf = (run: number) => (session()?.run === run ? session() : null);
  return {
    predict: ({ pixels }) => predict(sources, pixels),
    predictMany: (question, control) => predictMany(sources, question, control),
    predictWith: (question, control) => predictWith(engine, question, control),
    inspect: async (question) => (await inspectRun(session(), question)) ?? inspectShipped(sources.shipped, question),
    // A copy: what is sent is gone, and more epochs will come.
    histograms: async ({ run }) => structuredClone(sessionOf(run)?.histograms.epochs ?? null),
    hiddenValues: (question, control) => hiddenValues(sources, question, control),
    images: async ({ split, indices }) => engine.samples(split, indices),
    weights: async ({ run }) => (await sessionOf(run)?.weights()) ?? null,
    shippedNetwork: ({ url, dataset }) => shipped.fetchNetwork({ url, dataset }),
    pixelNeighbours: ({ pixels, k }, control) =>
      pixelSearch.run(control.signal, (signal) => engine.nearest(pixels, k, signal)),
    featureNeighbours: (question, control) => features.find(question, session(), control),
    plannedMemory: async ({ network, dataset, recipe }) => {
      const { graph } = analyse(network, dataset);
      return graph && engine.plannedMemory(graph, recipe);
    },
    trainingSpeed: (setup, { signal }) => besideRuns.measureSpeed(setup, signal),
    learningRateRange: (setup, control) => besideRuns.testRates(setup, control),
    raceTime: (question, { signal }) => besideRuns.race(question, signal),
  };
}

/** The run's network answers from its first step on; until then the one that ships with the app. */
async function predict({ session, shipped }: RequestSources, pixels: Uint8Array): Promise<PredictedAnswer | null> {
  const { run = 0, trainer = null } = session() ?? {};
  if (trainer !== null && trainer.step > 0)
    return { run, step: trainer.step, testAccuracy: null, probabilities: await trainer.predict(pixels) };
  const answer = await shipped.predict(pixels);
  if (answer === null) return null;
  const { steps, testAccuracy, probabilities } = answer;
  return { run: 'shipped', step: steps, testAccuracy, probabilities };
}

/** Looks into the network of a run, which takes no step meanwhile; null where it has not taken any. */
async function inspectRun(
  session: Session | null,
  { pixels, layerId }: QuestionOf<'inspect'>,
): Promise<NetworkInspection | null> {
  if (session === null) return null;
  const { graph, run } = session;
  return session.ask(async (network) => {
    const by = { run, step: network.step, testAccuracy: null };
    return inspect({ by, graph, network, weights: await network.readWeights() }, pixels, layerId);
  });
}

async function inspectShipped(
  shipped: ShippedNetwork,
  { pixels, layerId }: QuestionOf<'inspect'>,
): Promise<NetworkInspection | null> {
  const loaded = await shipped.network();
  if (loaded === null) return null;
  const { manifest, graph, weights, predictor: network } = loaded;
  const by = { run: 'shipped', step: manifest.steps, testAccuracy: manifest.testAccuracy } as const;
  return inspect({ by, graph, network, weights }, pixels, layerId);
}
