import { UMAP } from 'umap-js';
import { principalComponents } from '../../core/explaining/principal-components.ts';
import { streamKey, uniformAt } from '../../core/random.ts';
import type { Embedding, EmbeddingQuestion } from '../../protocol/embedding.ts';

/** Points that UMAP keeps together, and how near they may come to each other: the usual values. */
const NEIGHBOURS = 15;
const LEAST_DISTANCE = 0.1;

/** Lays points out on a plane; `onProgress` hears how many of UMAP's rounds are over. The same question has the same answer. */
export function embed(question: EmbeddingQuestion, onProgress: (done: number, total: number) => void): Embedding {
  const { method, values, width, seed } = question;
  if (method === 'pca') return principalComponents(values, width);
  const rows = Array.from({ length: values.length / width }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  );
  const key = streamKey(seed, 'embedding');
  let drawn = 0;
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.max(2, Math.min(NEIGHBOURS, rows.length - 1)),
    minDist: LEAST_DISTANCE,
    random: () => uniformAt(key, drawn++),
  });
  const total = umap.initializeFit(rows);
  for (let done = 0; done < total; done++) {
    umap.step();
    onProgress(done + 1, total);
  }
  return { points: Float32Array.from(umap.getEmbedding().flat()), explained: null };
}
