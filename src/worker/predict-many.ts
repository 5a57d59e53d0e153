import { classCountOf, sampleBytesOf } from '../core/dataset/spec.ts';
import { analyse } from '../core/network/graph.ts';
import type { Engine } from '../engine/engine.ts';
import { yieldToMessages } from '../engine/yield.ts';
import type { ImageProgress, PredictedAnswer, QuestionOf } from '../protocol/requests.ts';
import { askNewest, type NetworkSources, type NewestNetwork } from './newest-network.ts';
import type { RequestControl } from './request-server.ts';

/** Samples that go through the network at a time. */
const PIECE = 600;

/** What the newest network says of many samples. A run takes no step meanwhile, so that all are by the same weights. */
export function predictMany(
  sources: NetworkSources,
  { pixels }: QuestionOf<'predictMany'>,
  control: RequestControl<ImageProgress>,
): Promise<PredictedAnswer | null> {
  return askNewest(sources, (newest) => answersOf(newest, pixels, control));
}

/** What another network says of many samples. A RangeError where its weights are not for it, or it has errors. */
export async function predictWith(
  engine: Pick<Engine, 'createPredictor'>,
  { dataset, network, weights, pixels }: QuestionOf<'predictWith'>,
  { signal }: Pick<RequestControl<never>, 'signal'>,
): Promise<Float32Array<ArrayBuffer>> {
  const { graph } = analyse(network, dataset);
  if (graph === null) throw new RangeError('The network has errors.');
  const predictor = await engine.createPredictor(graph, weights);
  try {
    return await probabilitiesOf({ graph, network: predictor }, pixels, { signal, onProgress: () => {} });
  } finally {
    predictor.dispose();
  }
}

async function answersOf(
  newest: NewestNetwork,
  samples: Uint8Array,
  control: RequestControl<ImageProgress>,
): Promise<PredictedAnswer> {
  return { ...newest.by, probabilities: await probabilitiesOf(newest, samples, control) };
}

async function probabilitiesOf(
  { graph, network }: Pick<NewestNetwork, 'graph' | 'network'>,
  samples: Uint8Array,
  { signal, onProgress }: RequestControl<ImageProgress>,
): Promise<Float32Array<ArrayBuffer>> {
  const bytes = sampleBytesOf(graph.dataset);
  const classes = classCountOf(graph.dataset);
  const total = samples.length / bytes;
  const probabilities = new Float32Array(total * classes);
  for (let done = 0; done < total; done += PIECE) {
    await yieldToMessages();
    signal.throwIfAborted();
    onProgress({ done, total });
    const some = samples.subarray(done * bytes, (done + PIECE) * bytes);
    probabilities.set(await network.predict(some), done * classes);
  }
  return probabilities;
}
