import { useState } from 'react';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { countText, percentText } from '../../core/text/number-text.ts';
import type { EmbeddingMethod } from '../../protocol/embedding.ts';
import { Hint } from '../../ui/card/Notice.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { useDataSet, useRun } from '../lab.tsx';
import { Head, NOT_NUMBERS } from './InsideSections.tsx';
import { MapView } from './MapView.tsx';
import { ageText, restingStep } from './map-age.ts';
import { type MapState, type SampleMap, useMap } from './use-map.ts';

/** The most samples on a map: more would take long, and cover each other. */
const MOST = 2000;

const METHODS = [
  { value: 'pca', label: 'PCA' },
  { value: 'umap', label: 'UMAP' },
] as const;

/** A map of test samples: near to each other are those that the network finds alike. */
export function MapSection({ dataset }: { readonly dataset: DatasetSpec }) {
  const [method, setMethod] = useState<EmbeddingMethod>('pca');
  const arrived = useDataSet(({ testImages }) => testImages);
  const count = Math.min(MOST, arrived);
  const [state, draw] = useMap(count);
  const { many } = dataset.words.sample;
  return (
    <section className="inside-part map">
      <Head title="Map of the last hidden layer" />
      <p>
        Each point is one of {countText(count)} test {many}. Points near each other have similar values in the last
        hidden layer: the network finds them alike.
      </p>
      <div className="inside-head">
        <Segmented label="Map by" choices={METHODS} value={method} onChange={setMethod} />
        <Button
          size="sm"
          blocked={count === 0 ? `The test ${many} are still loading.` : undefined}
          onClick={() => draw(method)}
        >
          {state.type === 'drawn' ? 'Draw the map again' : 'Draw the map'}
        </Button>
      </div>
      <p className="inside-words num" aria-live="polite">
        {wordsOf(state, many)}
      </p>
      {state.type === 'drawn' && <MapAge map={state.map} />}
      {state.type === 'drawn' && (
        <MapView key={`${state.map.method} ${state.map.by.step}`} dataset={dataset} map={state.map} />
      )}
    </section>
  );
}

/** Says that the network has changed since its map was drawn. */
function MapAge({ map }: { readonly map: SampleMap }) {
  const run = useRun((current) => current?.number ?? null);
  const step = useRun(restingStep);
  const text = ageText(map, run, step);
  return text === null ? null : <Hint>{text}</Hint>;
}

function wordsOf(state: MapState, many: string): string {
  switch (state.type) {
    case 'none':
      return '';
    case 'working':
      return state.doing === 'asking'
        ? `Sending the ${many} through the network: ${percentText(state.share, 0)}`
        : `Placing the points: ${percentText(state.share, 0)}`;
    case 'drawn':
      return drawnWords(state.map);
    case 'lost':
      return NOT_NUMBERS;
    case 'noNetwork':
      return 'There is no network to map yet. Train one first.';
    case 'failed':
      return state.message;
    default:
      return state satisfies never;
  }
}

function drawnWords({ layer, explained }: SampleMap): string {
  const values = `${countText(layer.width)} values of ${layer.name}`;
  if (explained === null)
    return `UMAP of ${values}: it keeps neighbours together; distances between groups mean little.`;
  const [first = 0, second = 0] = explained;
  return `PCA of ${values}: the two axes show ${percentText(first + second, 0)} of the variance.`;
}
