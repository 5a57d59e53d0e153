import { type DatasetSpec, sampleBytesOf } from '../../core/dataset/spec.ts';
import { permutation, streamKey } from '../../core/random.ts';
import { countOf } from '../../core/text/nouns.ts';
import { keepOwnData } from '../../dataset/own/keep.ts';
import { fetchOwnData, isOwnData } from '../../dataset/own/own-data.ts';
import { RefusedFiles } from '../../dataset/reading/refusal.ts';
import { type LabelledSamples, SampleStore } from '../../dataset/store.ts';
import { streamDataset } from '../../dataset/stream.ts';
import type { Extension, MadeDataset } from '../../protocol/reading/reading.ts';
import type { OnProgress } from './reader.ts';

/** A data set with more samples to train on, somewhere among the others; its test set stays as it is. */
export async function extended(extension: Extension, onProgress: OnProgress): Promise<MadeDataset> {
  const store = await loaded(extension.baseUrl, onProgress);
  const { id: _, splits: __, opened: ___, ...description } = store.spec;
  const samples = {
    train: mixed({ labels: store.labels('train'), values: store.values('train') }, extension, store.spec),
    test: { labels: store.labels('test'), values: store.values('test') },
  };
  const capabilities = description.capabilities.filter(
    (capability) => capability === 'drawing' || capability === 'solid',
  );
  const made = { description: { ...description, title: extension.title, library: null, capabilities }, samples };
  const dataset = await keepOwnData(made, { onProgress, now: Date.now() });
  const added = countOf(extension.labels.length, { one: 'sample of your own is', many: 'samples of your own are' });
  return { dataset, leftOut: [], notes: [`${added} among those to train on.`] };
}

/** All of a data set. A RefusedFiles where a file of it cannot be had. */
async function loaded(baseUrl: string, onProgress: OnProgress): Promise<SampleStore> {
  return new Promise((resolve, reject) => {
    const failing = new AbortController();
    let store: SampleStore | null = null;
    const stream = streamDataset({
      baseUrl,
      signal: failing.signal,
      ...(isOwnData(baseUrl) ? { fetch: fetchOwnData, caches: undefined } : {}),
      onManifest: ({ spec }) => {
        store = new SampleStore(spec);
      },
      onShard: ({ entry, first, labels, values }) => store?.add(entry.split, first, { labels, values }),
      onProgress: ({ shards, shardsTotal }) => onProgress(shards, shardsTotal),
      onFailure: ({ message }) => {
        reject(new RefusedFiles(message));
        failing.abort();
      },
    });
    stream.done.then((isDone) => isDone && store !== null && resolve(store), reject);
  });
}

/** Two lists of samples as one, in an order that the data do not tell. */
function mixed(one: LabelledSamples, other: LabelledSamples, spec: DatasetSpec): LabelledSamples {
  const bytes = sampleBytesOf(spec);
  const total = one.labels.length + other.labels.length;
  const labels = new Uint8Array(total);
  const values = new Uint8Array(total * bytes);
  permutation(total, streamKey(total, 'shuffle')).forEach((to, from) => {
    const isOwn = from >= one.labels.length;
    const [source, place] = isOwn ? [other, from - one.labels.length] : [one, from];
    labels[to] = source.labels[place] ?? 0;
    values.set(source.values.subarray(place * bytes, (place + 1) * bytes), to * bytes);
  });
  return { labels, values };
}
