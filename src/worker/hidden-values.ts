import { classCountOf, sampleBytesOf } from '../core/dataset/spec.ts';
import type { Answerer } from '../core/explaining/feature-neighbours.ts';
import { lastHidden } from '../core/explaining/hidden-layer.ts';
import type { Graph } from '../core/network/graph.ts';
import type { Engine, Predictor } from '../engine/engine.ts';
import type { HiddenValues, ImageProgress, QuestionOf } from '../protocol/requests.ts';
import type { RequestControl } from './request-server.ts';
import type { Session } from './session.ts';
import type { LoadedNetwork } from './shipped.ts';

/** What is needed of the network that ships with the app. */
interface PreTrained extends Pick<LoadedNetwork, 'graph'> {
  readonly manifest: Pick<LoadedNetwork['manifest'], 'steps' | 'testAccuracy'>;
  readonly predictor: Pick<Predictor, 'features' | 'predict'>;
}

/** What hidden values are taken from. */
export interface HiddenSources {
  readonly engine: Pick<Engine, 'samples'>;
  readonly shipped: { network(): Promise<PreTrained | null> };
  /** The run that the worker holds; null while there is none. */
  session(): Session | null;
}

/** Samples that go through the network at a time. */
const PIECE = 100;

/** What the newest network makes of some samples. A run takes no step meanwhile, so that all are by the same weights. */
export async function hiddenValues(
  { engine, shipped, session }: HiddenSources,
  { split, indices }: QuestionOf<'hiddenValues'>,
  control: RequestControl<ImageProgress>,
): Promise<HiddenValues | null> {
  const samples = engine.samples(split, indices);
  const current = session();
  const trained = current?.ask((network) => {
    const by = { run: current.run, step: network.step, testAccuracy: null };
    return valuesOf({ by, graph: current.graph, network }, samples, control);
  });
  const answer = (await trained) ?? null;
  if (answer !== null) return answer;
  const loaded = await shipped.network();
  if (loaded === null) return null;
  const { manifest, graph, predictor: network } = loaded;
  const by = { run: 'shipped', step: manifest.steps, testAccuracy: manifest.testAccuracy } as const;
  return valuesOf({ by, graph, network }, samples, control);
}

interface Subject {
  readonly by: Answerer;
  readonly graph: Graph;
  readonly network: Pick<Predictor, 'features' | 'predict'>;
}

async function valuesOf(
  { by, graph, network }: Subject,
  samples: Uint8Array,
  { signal, onProgress }: RequestControl<ImageProgress>,
): Promise<HiddenValues> {
  const layer = lastHidden(graph);
  const bytes = sampleBytesOf(graph.dataset);
  const classes = classCountOf(graph.dataset);
  const total = samples.length / bytes;
  const values = new Float32Array(total * layer.width);
  const predicted = new Uint8Array(total);
  for (let done = 0; done < total; done += PIECE) {
    signal.throwIfAborted();
    onProgress({ done, total });
    const some = samples.subarray(done * bytes, (done + PIECE) * bytes);
    values.set(await network.features(some), done * layer.width);
    predicted.set(likeliest(await network.predict(some), classes), done);
  }
  return { by, layer, values, predicted };
}

/** The class of the greatest probability of each sample, the first on a tie: [n]. */
function likeliest(probabilities: Float32Array, classes: number): Uint8Array {
  return Uint8Array.from({ length: probabilities.length / classes }, (_, sample) => {
    const own = probabilities.subarray(sample * classes, (sample + 1) * classes);
    return own.reduce((best, probability, label) => (probability > (own[best] ?? 0) ? label : best), 0);
  });
}
