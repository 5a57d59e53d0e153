import { type ReactNode, useMemo, useState } from 'react';
import { cellsOf } from '../../core/dataset/rows.ts';
import { classNameOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { countText } from '../../core/text/number-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { PixelButton, PixelImage } from '../../ui/image/PixelImage.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
import { ScatterPlot } from '../../ui/image/ScatterPlot.tsx';
import { nearestTo } from '../../ui/image/scatter.ts';
import { RowTable } from '../../ui/matrix/RowTable.tsx';
import { useDataSet } from '../lab.tsx';
import { usePixels } from '../use-pixels.ts';
import { classColour } from './class-colour.ts';
import type { SampleMap } from './use-map.ts';

/** How many points near to the selected one are listed. */
const NEAR = 6;

type Colouring = 'class' | 'mistakes';

const COLOURINGS = [
  { value: 'class', label: 'Class' },
  { value: 'mistakes', label: 'Mistakes' },
] as const;

/** Props of {@link MapView}. */
export interface MapViewProps {
  readonly dataset: DatasetSpec;
  readonly map: SampleMap;
}

/** A map with what its colours mean, the selected point, and those next to it. */
export function MapView({ dataset, map }: MapViewProps) {
  const { points, predicted, method, layer } = map;
  const labels = useDataSet(({ testLabels }) => testLabels);
  const [colouring, setColouring] = useState<Colouring>('class');
  const [selected, setSelected] = useState(0);
  const wrong = useMemo(() => Array.from(predicted, (guess, point) => guess !== labels[point]), [predicted, labels]);
  const mistakes = wrong.filter(Boolean).length;
  const colours = useMemo(
    () =>
      wrong.map((isWrong, point) => {
        if (colouring === 'class') return classColour(labels[point] ?? 0, dataset.classes.length);
        return isWrong ? WRONG : RIGHT;
      }),
    [wrong, labels, colouring, dataset],
  );
  const strong = useMemo(
    () => (point: number) => colouring === 'mistakes' && wrong[point] === true,
    [colouring, wrong],
  );
  const nextMistake = () => {
    const after = wrong.indexOf(true, selected + 1);
    setSelected(after >= 0 ? after : Math.max(0, wrong.indexOf(true)));
  };
  return (
    <>
      <div className="inside-head">
        <Segmented label="Colour by" choices={COLOURINGS} value={colouring} onChange={setColouring} />
        <Button
          variant="quiet"
          size="sm"
          blocked={mistakes === 0 ? 'There are no mistakes.' : undefined}
          onClick={nextMistake}
        >
          Next mistake
        </Button>
      </div>
      <Near dataset={dataset} map={map} labels={labels} selected={selected} onSelect={setSelected}>
        <ScatterPlot
          points={points}
          label={`Map of ${countText(predicted.length)} test ${dataset.words.sample.many} by ${layer.name}, ${method === 'pca' ? 'PCA' : 'UMAP'}`}
          colours={colours}
          strong={strong}
          selected={selected}
          onSelect={setSelected}
        />
        <Legend dataset={dataset} colouring={colouring} mistakes={mistakes} />
      </Near>
    </>
  );
}

const WRONG = '#d0342c';
const RIGHT = 'rgb(128 128 128 / 0.35)';

interface LegendProps {
  readonly dataset: DatasetSpec;
  readonly colouring: Colouring;
  readonly mistakes: number;
}

function Legend({ dataset, colouring, mistakes }: LegendProps) {
  const entries =
    colouring === 'class'
      ? dataset.classes.map((name, label) => ({ name, colour: classColour(label, dataset.classes.length) }))
      : [
          { name: `wrong: ${countText(mistakes)}`, colour: WRONG },
          { name: 'right', colour: RIGHT },
        ];
  return (
    <ul className="map-legend num">
      {entries.map(({ name, colour }) => (
        <li key={name}>
          <i style={{ background: colour }} />
          {name}
        </li>
      ))}
    </ul>
  );
}

interface NearProps extends MapViewProps {
  readonly labels: ArrayLike<number>;
  readonly selected: number;
  readonly onSelect: (point: number) => void;
  /** The plot. */
  readonly children: ReactNode;
}

/** The selected point with its sample above the plot, and those next to it below: they lead through the map without a pointer. */
function Near({ dataset, map: { points, predicted }, labels, selected, onSelect, children }: NearProps) {
  const near = useMemo(() => {
    const [x = 0, y = 0] = points.subarray(2 * selected, 2 * selected + 2);
    const found = nearestTo(points, x, y, NEAR + 1).filter((point) => point !== selected);
    return [selected, ...found.slice(0, NEAR)];
  }, [points, selected]);
  const pixels = usePixels('test', near, dataset);
  const size = imageSizeOf(dataset);
  const length = pixels === undefined ? 0 : pixels.length / near.length;
  const imageOf = (place: number) => pixels?.subarray(place * length, (place + 1) * length);
  const words = (point: number) => pointWords(dataset, labels[point] ?? 0, predicted[point] ?? 0);
  const { one } = dataset.words.sample;
  const { samples } = dataset;
  if (samples.kind === 'table') {
    const cells = pixels === undefined ? [] : cellsOf(samples, pixels);
    const rows = near.map((point, place) => ({
      key: point,
      name: words(point),
      cells: cells[place],
      remarks: [{ text: words(point), value: words(point), strong: place === 0 }],
    }));
    return (
      <>
        <p className="inside-words" aria-live="polite">
          Test {one} {countText(selected + 1)}: {words(selected)}
        </p>
        {children}
        <RowTable
          label="Nearest on the map"
          samples={samples}
          heads={['Class']}
          rows={rows}
          onOpen={(place) => onSelect(near[place] ?? selected)}
        />
      </>
    );
  }
  return (
    <>
      <figure className="map-point">
        <PixelImage pixels={imageOf(0)} size={size} label={`${capitalised(one)} ${countText(selected + 1)}`} />
        <figcaption aria-live="polite">
          Test {one} {countText(selected + 1)}: {words(selected)}
        </figcaption>
      </figure>
      {children}
      <ul className="map-near" aria-label="Nearest on the map">
        {near.slice(1).map((point, place) => (
          <li key={point}>
            <PixelButton pixels={imageOf(place + 1)} size={size} label={words(point)} onClick={() => onSelect(point)} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a point is, in words. */
function pointWords(dataset: DatasetSpec, label: number, predicted: number): string {
  const name = classNameOf(dataset, label);
  return label === predicted ? name : `${name}, taken for ${classNameOf(dataset, predicted)}`;
}
