import { classCountOf, sampleBytesOf } from '../core/dataset/spec.ts';
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

async function answersOf(
  { by, graph, network }: NewestNetwork,
  samples: Uint8Array,
  { signal, onProgress }: RequestControl<ImageProgress>,
): Promise<PredictedAnswer> {
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
  return { ...by, probabilities };
}
