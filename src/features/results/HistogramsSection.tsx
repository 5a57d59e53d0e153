import { useMemo, useState } from 'react';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { type Histogram, sideBySide } from '../../core/explaining/histogram.ts';
import {
  type EpochHistograms,
  HISTOGRAM_SAMPLES,
  type LayerHistograms,
} from '../../core/explaining/layer-histograms.ts';
import { percentText } from '../../core/text/number-text.ts';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { TileCanvas } from '../../ui/image/TileGrid.tsx';
import { divergingPainter } from '../../ui/image/tile-paint.ts';
import { useRamp } from '../../ui/image/use-ramp.ts';
import { useRun } from '../lab.tsx';
import { brief, Head } from './InsideSections.tsx';
import { useHistograms } from './use-histograms.ts';

/** How weights, gradients and activations of each layer went from epoch to epoch. */
export function HistogramsSection({ dataset }: { readonly dataset: DatasetSpec }) {
  const spread = useHistograms();
  const hasEpoch = useRun((run) => (run?.epochs.length ?? 0) > 0);
  const batch = useRun((run) => run?.draft.recipe.batchSize) ?? HISTOGRAM_SAMPLES;
  const { many } = dataset.words.sample;
  return (
    <section className="inside-part">
      <Head title="Layer values over epochs" />
      {spread?.epochs?.length ? (
        <Layers epochs={spread.epochs} samples={many} batch={Math.min(batch, HISTOGRAM_SAMPLES)} />
      ) : (
        <p>{spread === null ? waitingWords(hasEpoch) : missingWords(spread.epochs === null)}</p>
      )}
    </section>
  );
}

function waitingWords(hasEpoch: boolean): string {
  return hasEpoch
    ? 'Fetching the histograms.'
    : 'Histograms of each layer are taken while a network trains, epoch by epoch.';
}

function missingWords(tooLarge: boolean): string {
  return tooLarge
    ? 'There are no histograms: the network has more than 2 million weights, or its run is not in memory any more.'
    : 'There are no histograms of this run yet. They are taken while it trains, and not kept when the page is closed.';
}

interface LayersProps {
  readonly epochs: readonly EpochHistograms[];
  readonly samples: string;
  /** How many samples the gradients are of. */
  readonly batch: number;
}

function Layers({ epochs, samples, batch }: LayersProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const layers = epochs[0]?.layers ?? [];
  const layer = layers.find(({ id }) => id === chosen) ?? layers[0];
  if (layer === undefined) return <p>No layer has values to show.</p>;
  const course = (kind: Kind) =>
    epochs.flatMap(({ epoch, layers: all }) => {
      const found = histogramIn(all, layer.id, kind);
      return found === null ? [] : [{ epoch, histogram: found }];
    });
  return (
    <>
      <div className="inside-layer">
        <SelectField
          label="Values of"
          choices={layers.map(({ id, name }) => ({ value: id, label: name }))}
          value={layer.id}
          onChange={setChosen}
        />
      </div>
      <p>
        Each column is one epoch: the stronger the colour, the more values lie there. The value is on the vertical axis.
        The gradient of a weight says how the loss changes with it: near 0, the layer hardly learns any more.
        {hasGaps(epochs) && ' Epochs in which this would have slowed training down are left out.'}
      </p>
      <Course title="Weights" layer={layer.name} course={course('weights')} />
      <Course title={`Gradients for ${batch} training ${samples}`} layer={layer.name} course={course('gradients')} />
      {course('weights').length > course('gradients').length && (
        <p>
          {course('gradients').length === 0 ? 'The gradients' : 'Some of the gradients'} could not be measured: they
          need a second network, for which there was no room.
        </p>
      )}
      <Course
        title={`Activations for ${HISTOGRAM_SAMPLES} training ${samples}`}
        layer={layer.name}
        course={course('activations')}
      />
    </>
  );
}

type Kind = 'weights' | 'gradients' | 'activations';

function hasGaps(epochs: readonly EpochHistograms[]): boolean {
  return (epochs.at(-1)?.epoch ?? 0) - (epochs[0]?.epoch ?? 0) >= epochs.length;
}

function signed(value: number): string {
  return value < 0 ? `−${brief(-value)}` : brief(value);
}

function histogramIn(layers: readonly LayerHistograms[], id: string, kind: Kind) {
  return layers.find((layer) => layer.id === id)?.[kind] ?? null;
}

/** Bins on the range that all epochs share. */
const ROWS = 48;

/** Below 1, so that rare values show beside a peak, as that of the zeros behind a relu. */
const COLOUR_CURVE = 0.5;

interface CourseProps {
  readonly title: string;
  readonly layer: string;
  readonly course: readonly { readonly epoch: number; readonly histogram: Histogram }[];
}

/** The histograms of one kind side by side, and the newest in figures; nothing where the layer has none. */
function Course({ title, layer, course }: CourseProps) {
  const ramp = useRamp();
  const paint = useMemo(() => divergingPainter(1, ramp), [ramp]);
  const [first, newest] = [course[0], course.at(-1)];
  if (first === undefined || newest === undefined) return null;
  const { low, high, values } = sideBySide(
    course.map(({ histogram }) => histogram),
    ROWS,
  );
  const colours = values.map((share) => share ** COLOUR_CURVE);
  const { mean, deviation, zeros } = newest.histogram;
  const atZero = zeros > 0.005 ? `, ${percentText(zeros, 0)} are 0` : '';
  return (
    <figure className="spread num">
      <figcaption>
        {title}: mean {signed(mean)}, standard deviation {brief(deviation)}
        {atZero}
      </figcaption>
      <span className="spread-high">{signed(high)}</span>
      <span className="spread-low">{signed(low)}</span>
      <TileCanvas
        values={colours}
        width={course.length}
        height={ROWS}
        paint={paint}
        label={`${title} of ${layer} from epoch ${first.epoch} to ${newest.epoch}`}
      />
      <span className="spread-epochs">
        <span>epoch {first.epoch}</span>
        {course.length > 1 && <span>{newest.epoch}</span>}
      </span>
    </figure>
  );
}
