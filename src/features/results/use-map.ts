import { useContext, useEffect, useRef, useState } from 'react';
import type { Embedding, EmbeddingMethod } from '../../protocol/embedding.ts';
import type { HiddenValues } from '../../protocol/requests.ts';
import { EmbedContext } from '../embedder.ts';
import { useQuestions } from '../lab.tsx';

/** A map of samples by the last hidden layer of a network. */
export interface SampleMap extends Embedding, Pick<HiddenValues, 'by' | 'layer' | 'predicted'> {
  readonly method: EmbeddingMethod;
}

/** How far a map is. */
export type MapState =
  | { readonly type: 'none' }
  /** A share of 1, and what is being done. */
  | { readonly type: 'working'; readonly doing: 'asking' | 'placing'; readonly share: number }
  | { readonly type: 'drawn'; readonly map: SampleMap }
  /** The values are not numbers any more. */
  | { readonly type: 'lost' }
  | { readonly type: 'noNetwork' }
  | { readonly type: 'failed'; readonly message: string };

/** The same chance for every map, so that the same network gives the same one. */
const SEED = 42;

/** The map of the first samples of the test set, and a function that draws it anew. A newer map takes the place of one under way. */
export function useMap(count: number): readonly [MapState, (method: EmbeddingMethod) => void] {
  const { ask } = useQuestions();
  const embed = useContext(EmbedContext);
  const [state, setState] = useState<MapState>({ type: 'none' });
  const waiting = useRef<AbortController>(null);
  useEffect(() => () => waiting.current?.abort(), []);
  const draw = async (method: EmbeddingMethod) => {
    waiting.current?.abort();
    const control = new AbortController();
    waiting.current = control;
    const { signal } = control;
    const work = (doing: 'asking' | 'placing') => (done: number, total: number) =>
      !signal.aborted && setState({ type: 'working', doing, share: done / total });
    work('asking')(0, 1);
    try {
      const indices = Uint32Array.from({ length: count }, (_, i) => i);
      const onProgress = ({ done, total }: { readonly done: number; readonly total: number }) =>
        work('asking')(done, total);
      const found = await ask('hiddenValues', { split: 'test', indices }, { signal, onProgress });
      if (found === null) return setState({ type: 'noNetwork' });
      const { values, layer, by, predicted } = found;
      if (!values.every(Number.isFinite)) return setState({ type: 'lost' });
      work('placing')(0, 1);
      const question = { method, values, width: layer.width, seed: SEED };
      const embedding = await embed(question, { signal, onProgress: work('placing') });
      setState({ type: 'drawn', map: { ...embedding, by, layer, predicted, method } });
    } catch (error) {
      if (!signal.aborted)
        setState({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  return [state, (method) => void draw(method)];
}
