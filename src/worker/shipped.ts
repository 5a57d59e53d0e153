import * as v from 'valibot';
import type { DatasetSpec } from '../core/dataset/spec.ts';
import { analyse, type Graph } from '../core/network/graph.ts';
import { parseNetwork } from '../core/network/network-text.ts';
import { unpackWeights } from '../core/network/weights-file.ts';
import { sha256 } from '../dataset/digest.ts';
import { download, type HttpClient } from '../dataset/download.ts';
import type { Engine, Predictor } from '../engine/engine.ts';
import type { TrainedNetwork } from '../protocol/requests.ts';

const manifestSchema = v.object({
  format: v.literal(2),
  /** The id of the data set that it was trained on. */
  dataset: v.string(),
  /** The network, as `parseNetwork` reads it. */
  network: v.object({ layers: v.array(v.unknown()) }),
  // A plain name: it cannot lead out of the folder.
  file: v.pipe(v.string(), v.regex(/^[\w-]+\.bin$/)),
  bytes: v.pipe(v.number(), v.integer(), v.maxValue(1_200_000)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  steps: v.pipe(v.number(), v.integer()),
  testAccuracy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

/** What the file beside the weights says of them, written by `npm run pretrain`. */
export type ShippedManifest = v.InferOutput<typeof manifestSchema>;

/** What the network that ships with the app says of a drawing. */
export interface ShippedAnswer {
  readonly steps: number;
  readonly testAccuracy: number;
  /** [n, classes]. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

/** Where a network is: the absolute address of its manifest, and the data set that it is made for. */
export interface Place {
  readonly url: string;
  readonly dataset: DatasetSpec;
}

/** The network itself, ready to answer. */
export interface LoadedNetwork {
  readonly manifest: ShippedManifest;
  readonly graph: Graph;
  /** In the order of the graph. */
  readonly weights: readonly Float32Array[];
  readonly predictor: Predictor;
}

/** The network that ships with the app: fetched when it is first asked, because many visits never need it. */
export class ShippedNetwork {
  readonly #engine: Engine;
  readonly #fetch: typeof fetch;
  #place: Place | null = null;
  #loading: Promise<LoadedNetwork | null> | null = null;

  constructor(engine: Engine, fetchFile: typeof fetch) {
    this.#engine = engine;
    this.#fetch = fetchFile;
  }

  /** Says where the network for the data set is that is open now; null where there is none. */
  locate(place: Place | null): void {
    this.#place = place;
    this.retry();
  }

  /** Tries again, with the next drawing, what failed before. */
  retry(): void {
    this.#loading = null;
  }

  /** The network; null where it cannot be had: drawing then waits for the first run. */
  network(): Promise<LoadedNetwork | null> {
    this.#loading ??= this.#load().catch(() => null);
    return this.#loading;
  }

  /** A network that need not be for the data set that is open, with its weights; null where it cannot be had. */
  async fetchNetwork({ url, dataset }: Place): Promise<TrainedNetwork | null> {
    const found = await fetchShipped(url, dataset, this.#fetch).catch(() => null);
    return found && { dataset, network: found.network, values: found.weights };
  }

  /** Its answer to n samples as they are stored; null where it cannot be had. */
  async predict(pixels: Uint8Array): Promise<ShippedAnswer | null> {
    const loaded = await this.network();
    if (loaded === null) return null;
    const { steps, testAccuracy } = loaded.manifest;
    return { steps, testAccuracy, probabilities: await loaded.predictor.predict(pixels) };
  }

  async #load(): Promise<LoadedNetwork | null> {
    if (this.#place === null) return null;
    const { manifest, graph, weights } = await fetchShipped(this.#place.url, this.#place.dataset, this.#fetch);
    return { manifest, graph, weights, predictor: await this.#engine.createPredictor(graph, weights) };
  }
}

/**
 * Fetches a network with its weights and checks them. Throws where a file is missing, damaged, or made for another data set
 * than the one that is given.
 */
async function fetchShipped(url: string, dataset: DatasetSpec, fetchFile: typeof fetch) {
  const manifest = v.parse(manifestSchema, JSON.parse(new TextDecoder().decode(await file(url, 10_000, fetchFile))));
  const { network, graph } = networkOf(manifest, dataset);
  const bytes = await file(new URL(manifest.file, url).href, manifest.bytes, fetchFile);
  const hash = await sha256(bytes);
  if (hash !== null && hash !== manifest.sha256) throw new Error(`${manifest.file} is damaged.`);
  return { manifest, network, graph, weights: unpackWeights(graph, bytes) };
}

function networkOf({ dataset: id, network: text }: ShippedManifest, dataset: DatasetSpec) {
  if (id !== dataset.id) throw new Error(`The network is made for ${id}, not for ${dataset.id}.`);
  const reading = parseNetwork(JSON.stringify(text));
  if ('problems' in reading) throw new Error(reading.problems.join(' '));
  const { graph } = analyse(reading.network, dataset);
  if (graph === null) throw new Error('The network has errors.');
  return { network: reading.network, graph };
}

function file(url: string, limit: number, fetchFile: typeof fetch): Promise<Uint8Array<ArrayBuffer>> {
  const client: HttpClient = { fetch: fetchFile, online: () => true, stallAfter: 20_000 };
  const name = url.slice(url.lastIndexOf('/') + 1);
  return download({ url, file: name, limit, cache: 'default', signal: new AbortController().signal }, client);
}
