import { classCountOf, sampleBytesOf } from '../core/dataset/spec.ts';
import { lastHidden } from '../core/explaining/hidden-layer.ts';
import type { Engine } from '../engine/engine.ts';
import type { HiddenValues, ImageProgress, QuestionOf } from '../protocol/requests.ts';
import { askNewest, type NetworkSources, type NewestNetwork } from './newest-network.ts';
import type { RequestControl } from './request-server.ts';

/** What hidden values are taken from. */
export interface HiddenSources extends NetworkSources {
  readonly engine: Pick<Engine, 'samples'>;
}

/** Samples that go through the network at a time. */
const PIECE = 100;

/** What the newest network makes of some samples. A run takes no step meanwhile, so that all are by the same weights. */
export async function hiddenValues(
  sources: HiddenSources,
  { split, indices }: QuestionOf<'hiddenValues'>,
  control: RequestControl<ImageProgress>,
): Promise<HiddenValues | null> {
  const samples = sources.engine.samples(split, indices);
  return askNewest(sources, (newest) => valuesOf(newest, samples, control));
}

async function valuesOf(
  { by, graph, network }: NewestNetwork,
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
