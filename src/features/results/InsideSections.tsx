import { type ReactNode, useMemo, useState } from 'react';
import { classNameOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import type { FirstLayer } from '../../core/explaining/first-layer.ts';
import type { ClassMap, NetworkInspection } from '../../core/explaining/inspection.ts';
import { patchSide } from '../../core/explaining/occlusion.ts';
import { largest, type Tiles } from '../../core/explaining/tiles.ts';
import { shapeText } from '../../core/network/shape.ts';
import { countText, numberText, percentText, pointsText } from '../../core/text/number-text.ts';
import { LinkButton } from '../../ui/form/Button.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
import { TileCanvas, TileGrid, type TileGridProps } from '../../ui/image/TileGrid.tsx';
import { divergingPainter, grayPainter, tintPainter } from '../../ui/image/tile-paint.ts';
import { useRamp } from '../../ui/image/use-ramp.ts';

/** How many pictures, or squares of a row, show at first. */
const PICTURES = 32;
const SQUARES = 250;

/** Props of {@link FirstLayerSection}. */
export interface FirstLayerSectionProps {
  readonly dataset: DatasetSpec;
  readonly first: FirstLayer;
}

/** The kernel of the first layer with weights, as pictures. */
export function FirstLayerSection({ dataset, first: { name, tiles, unit } }: FirstLayerSectionProps) {
  const { samples, words } = dataset;
  const ramp = useRamp();
  const most = useMemo(() => (tiles === null ? 0 : largest(tiles.values)), [tiles]);
  const paint = useMemo(() => divergingPainter(most, ramp), [most, ramp]);
  const head = (legend?: ReactNode) => <Head title="First-layer filters">{legend}</Head>;
  if (tiles === null) {
    return (
      <section className="inside-part">
        {head()}
        <p>
          {name ?? 'No layer'} comes first, and its weights make no pictures. Those of Conv2D or Dense on{' '}
          {samples.kind === 'image' ? `the ${words.sample.one}` : 'an image'} do.
        </p>
      </section>
    );
  }
  if (Number.isNaN(most)) return <Lost title="First-layer filters" />;
  return (
    <section className="inside-part">
      {head(<Legend from={`−${brief(most)}`} to={`+${brief(most)}`} />)}
      <p>{kernelWords(unit, name ?? '', tiles, dataset)}</p>
      <MoreTiles
        tiles={tiles}
        paint={paint}
        label={`${countOf(tiles.count, unit === 'second' ? 'unit' : unit)} of ${name}`}
        captions={unit === 'class' ? dataset.classes : undefined}
      />
    </section>
  );
}

function kernelWords(unit: FirstLayer['unit'], name: string, { height, width }: Tiles, dataset: DatasetSpec): string {
  const { samples } = dataset;
  const channels = samples.kind === 'image' ? samples.channels : 1;
  switch (unit) {
    case 'filter':
      if (channels > 1) {
        const part = channels === 3 ? 'red' : 'the first channel';
        return `Each tile is the part for ${part} of one ${height}×${width} kernel of ${name}. Above 0 it responds to pixels with much of it, below 0 to those with little.`;
      }
      return `Each tile is one ${height}×${width} kernel of ${name}. Above 0 it responds to light pixels, below 0 to dark ones.`;
    case 'unit':
      return `Each tile is one unit of ${name}: a weight for each pixel. Above 0, a light pixel raises the unit; below 0, it lowers it.`;
    case 'class':
      return 'Each tile is one class: a weight for each pixel. Above 0, a light pixel makes the class more likely; below 0, less likely.';
    case 'second':
      return `The tile has a weight for each pixel. Above 0, a light pixel makes ${dataset.classes[1]} more likely; below 0, less likely.`;
    default:
      return unit satisfies never;
  }
}

/** Props of {@link SeenSection}. */
export interface SeenSectionProps {
  readonly dataset: DatasetSpec;
  readonly inspection: NetworkInspection;
  /** The id of the layer that was asked for. */
  readonly chosen: string | null;
  readonly onLayer: (id: string) => void;
}

/** What a layer makes of the sample. */
export function SeenSection({ dataset, inspection, chosen, onLayer }: SeenSectionProps) {
  const { layers, layer, seen } = inspection;
  const { one } = dataset.words.sample;
  const ramp = useRamp();
  const most = useMemo(() => largest(seen.values), [seen]);
  const isSigned = useMemo(() => seen.values.some((value) => value < 0), [seen]);
  const paint = useMemo(() => (isSigned ? divergingPainter(most, ramp) : grayPainter(most)), [isSigned, most, ramp]);
  const isRow = seen.height * seen.width === 1;
  const known = layers.some(({ id }) => id === chosen);
  return (
    <section className="inside-part">
      <Head title={dataset.samples.kind === 'image' ? 'What each filter sees' : 'Values of a layer'}>
        <span>
          {layer.activation !== 'linear' && `after ${layer.activation} `}
          {isSigned && <Legend from={`−${brief(most)}`} to={`+${brief(most)}`} />}
        </span>
      </Head>
      <div className="inside-layer">
        <SelectField
          label="Layer"
          choices={layers.map(({ id, name }) => ({ value: id, label: name }))}
          value={known && chosen !== null ? chosen : layer.id}
          onChange={onLayer}
        />
        <span className="num">{shapeText(layer.shape)}</span>
      </div>
      {Number.isNaN(most) ? (
        <p>{NOT_NUMBERS}</p>
      ) : (
        <>
          <p>
            Each {isRow ? 'square' : 'tile'} is one {isRow ? 'value' : 'channel'} of {layer.name} for this {one}
            {isSigned ? '.' : `, from 0 as black to ${brief(most)} as white.`}
          </p>
          <MoreTiles
            key={layer.id}
            tiles={seen}
            paint={paint}
            label={`${countOf(seen.count, isRow ? 'value' : 'channel')} of ${layer.name} for this ${one}`}
          />
        </>
      )}
    </section>
  );
}

/**
 * The least effect, a share of 1, that is tinted fully. Otherwise a map without any effect would look like any other.
 */
const LEAST_SCALE = 0.05;

/** Props of {@link MapsSection}. */
export interface MapsSectionProps {
  readonly dataset: DatasetSpec;
  /** As it is stored. */
  readonly image: Uint8Array;
  readonly maps: readonly ClassMap[];
}

/** Which parts of the image the two likeliest classes depend on; nothing where samples are no images. */
export function MapsSection({ dataset, image, maps }: MapsSectionProps) {
  const size = imageSizeOf(dataset);
  const { one } = dataset.words.sample;
  const channels = size?.channels ?? 1;
  const ramp = useRamp();
  const most = useMemo(() => Math.max(LEAST_SCALE, ...maps.map(({ falls }) => largest(falls))), [maps]);
  const paint = useMemo(() => tintPainter(most, ramp, image, channels), [most, ramp, image, channels]);
  if (size === null) return null;
  if (Number.isNaN(most)) return <Lost title="Where the model looked" />;
  return (
    <section className="inside-part">
      <Head title="Where the model looked">
        <Legend from="rises" to={`falls by ${pointsText(most)}`} />
      </Head>
      <p>
        A black patch of {patchSide(size.height)}×{patchSide(size.width)} pixels is moved over the {one}. The tint says
        by how much the probability of the class falls or rises, on average, while a pixel is covered.
      </p>
      <div className="cam">
        {maps.map(({ label, probability, falls }) => (
          <figure key={label}>
            <TileCanvas
              values={falls}
              width={size.width}
              height={size.height}
              paint={paint}
              label={`Where the network looked for ${classNameOf(dataset, label)}`}
            />
            <figcaption className="num">
              for {classNameOf(dataset, label)}, {percentText(probability, 0)}
              <span>{effectOf(falls)}</span>
            </figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}

/** The strongest effect of the patch, in words. */
function effectOf(falls: Float32Array): string {
  const [lowest, highest] = [Math.min(...falls), Math.max(...falls)];
  if (Math.max(highest, -lowest) < 0.005) return 'hardly changes';
  return highest >= -lowest ? `down by ${pointsText(highest)}` : `up by ${pointsText(-lowest)}`;
}

export const NOT_NUMBERS =
  'These values are no longer numbers: the training diverged. Lower the learning rate and train again.';

function Lost({ title }: { readonly title: string }) {
  return (
    <section className="inside-part">
      <Head title={title} />
      <p>{NOT_NUMBERS}</p>
    </section>
  );
}

export function Head({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="sub">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

/** What the two colours mean. */
function Legend({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <span className="inside-legend num">
      {from} <i className="inside-ramp" /> {to}
    </span>
  );
}

/** Tiles, the first of them at first. */
function MoreTiles(props: Omit<TileGridProps, 'shown'>) {
  const { count, height, width } = props.tiles;
  const [all, setAll] = useState(false);
  const page = height * width === 1 ? SQUARES : PICTURES;
  return (
    <>
      <TileGrid {...props} shown={all ? count : page} />
      {!all && count > page && (
        <p className="results-row">
          <LinkButton onClick={() => setAll(true)}>Show more: {countText(count - page)}</LinkButton>
        </p>
      )}
    </>
  );
}

export function brief(value: number): string {
  return numberText(Number(value.toPrecision(2)));
}

function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${noun === 'class' ? 'es' : 's'}`;
}
