import { vi } from 'vitest';
import { defaultRecipe, type Recipe } from '../../../src/core/training/recipe.ts';
import { createEngine } from '../../../src/engine/create-engine.ts';
import type { Engine, StreamListener } from '../../../src/engine/engine.ts';
import { folderOf, type ProofDataset } from '../../support/proof-datasets.ts';

/** Serves the data folders of data sets below an address of their own, and gives each one's address by its id. */
export async function serveFolders(datasets: readonly ProofDataset[]): Promise<(dataset: ProofDataset) => string> {
  const addressOf = ({ spec }: ProofDataset) => `https://proof.example/${spec.id}/`;
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const dataset of datasets) {
    for (const [name, bytes] of await folderOf(dataset)) files.set(addressOf(dataset) + name, bytes);
  }
  const serve = globalThis.fetch.bind(globalThis);
  vi.stubGlobal('caches', undefined);
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const bytes = files.get(String(input));
    return bytes === undefined ? serve(input, init) : new Response(bytes);
  });
  return addressOf;
}

/** Opens a data set and resolves when all of it has arrived; the specs that were told on the way go to `heard`. */
export function arrivalOf(engine: Engine, address: string, heard: StreamListener['onSpec'] = () => {}): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.openDataset(address, {
      onSpec: heard,
      onShard: ({ shardsArrived, shardsTotal }) => shardsArrived === shardsTotal && resolve(),
      onFailure: ({ message }) => reject(new Error(message)),
    });
  });
}

/** An engine on a backend, to which all of a data set has arrived. */
export async function engineWith(backend: Parameters<Engine['open']>[0], address: string): Promise<Engine> {
  const engine = createEngine();
  await engine.open(backend);
  await arrivalOf(engine, address);
  return engine;
}

/** A recipe of small steps on all samples of a data set, a fifth of them for validation. */
export function recipeFor({ spec }: ProofDataset, change: Partial<Recipe> = {}): Recipe {
  return { ...defaultRecipe(spec), batchSize: 20, learningRate: 0.01, epochs: 5, ...change };
}
