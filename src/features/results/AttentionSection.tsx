import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useState } from 'react';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { type AttentionMap, lookOf, overPixels } from '../../core/explaining/attention.ts';
import { largest } from '../../core/explaining/tiles.ts';
import { percentText } from '../../core/text/number-text.ts';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { type ImageSize, imageSizeOf } from '../../ui/image/pixels.ts';
import { TileCanvas } from '../../ui/image/TileGrid.tsx';
import { tintPainter } from '../../ui/image/tile-paint.ts';
import { useRamp } from '../../ui/image/use-ramp.ts';
import { Head, NOT_NUMBERS } from './InsideSections.tsx';
import './attention.css';

/** Props of {@link AttentionSection}. */
export interface AttentionSectionProps {
  readonly dataset: DatasetSpec;
  /** As it is stored. */
  readonly image: Uint8Array;
  readonly maps: readonly AttentionMap[];
}

/** Where each patch of the image looks: layer by layer, a picture for each head. */
export function AttentionSection({ dataset, image, maps }: AttentionSectionProps) {
  const [layerId, setLayerId] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  const map = maps.find(({ id }) => id === layerId) ?? maps[0];
  const size = imageSizeOf(dataset);
  if (map === undefined || size === null) return null;
  const patch = chosen !== null && chosen < map.rows * map.columns ? chosen : null;
  return (
    <section className="inside-part">
      <Head title="Where each patch looks" />
      <div className="inside-layer">
        <SelectField
          label="Attention of"
          choices={maps.map(({ id, name }) => ({ value: id, label: name }))}
          value={map.id}
          onChange={setLayerId}
        />
        <span className="num">
          {map.rows}×{map.columns} patches
        </span>
      </div>
      <p>
        In each head, a patch takes in a mixture of all patches: the stronger the tint, the more of it. The pictures
        show the mean over all patches, or where one looks: point at it, or choose it with the arrow keys.
      </p>
      {map.weights.some(Number.isNaN) ? (
        <p>{NOT_NUMBERS}</p>
      ) : (
        <Heads image={image} size={size} map={map} patch={patch} onPatch={setChosen} />
      )}
    </section>
  );
}

interface HeadsProps {
  readonly image: Uint8Array;
  readonly size: ImageSize;
  readonly map: AttentionMap;
  readonly patch: number | null;
  readonly onPatch: (patch: number | null) => void;
}

function Heads({ image, size, map, patch, onPatch }: HeadsProps) {
  const ramp = useRamp();
  const looks = useMemo(() => Array.from({ length: map.heads }, (_, head) => lookOf(map, head, patch)), [map, patch]);
  const most = useMemo(() => Math.max(...looks.map(largest)), [looks]);
  const paint = useMemo(() => tintPainter(most, ramp, image, size.channels), [most, ramp, image, size]);
  const words = looks.map((look, head) => `head ${head + 1}: ${strongestOf(map, look)}`).join('; ');
  return (
    <>
      {/* The patches have too many places for buttons: one control moves through them, and the pictures follow. */}
      <div
        className="attention-heads"
        role="slider"
        tabIndex={0}
        aria-label={`Patch that looks, in ${map.name}`}
        aria-valuemin={0}
        aria-valuemax={map.rows * map.columns}
        aria-valuenow={patch === null ? 0 : patch + 1}
        aria-valuetext={`${patch === null ? 'All patches' : placeOf(map, patch)}. Most looked at, ${words}`}
        onKeyDown={(event) => onKey(event, map, patch, onPatch)}
        onPointerLeave={() => onPatch(null)}
      >
        {looks.map((look, head) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a head is its number.
          <Picture key={head} map={map} patch={patch} onPatch={onPatch} caption={`Head ${head + 1}`}>
            <TileCanvas values={overPixels(look, map, size)} width={size.width} height={size.height} paint={paint} />
          </Picture>
        ))}
      </div>
      <p className="inside-words num">
        {patch === null ? 'Mean over all patches' : placeOf(map, patch)}: up to {percentText(most, 0)} of one patch
      </p>
    </>
  );
}

interface PictureProps {
  readonly map: AttentionMap;
  readonly patch: number | null;
  readonly onPatch: (patch: number) => void;
  readonly caption: string;
  readonly children: ReactNode;
}

/** A picture of a head with the patch that looks marked on it. */
function Picture({ map: { rows, columns }, patch, onPatch, caption, children }: PictureProps) {
  const choose = (event: PointerEvent<HTMLElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const at = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    const row = at((event.clientY - top) / height, rows);
    onPatch(row * columns + at((event.clientX - left) / width, columns));
  };
  const share = (index: number, count: number) => `${(100 * index) / count}%`;
  return (
    <span className="attention-head">
      <span className="attention-picture" onPointerMove={choose} onPointerDown={choose}>
        {children}
        {patch !== null && (
          <i
            style={{
              left: share(patch % columns, columns),
              top: share(Math.floor(patch / columns), rows),
              width: share(1, columns),
              height: share(1, rows),
            }}
          />
        )}
      </span>
      {caption}
    </span>
  );
}

/** Arrow keys go from patch to patch, Escape back to all of them. */
function onKey(
  event: KeyboardEvent,
  { rows, columns }: AttentionMap,
  patch: number | null,
  onPatch: (patch: number | null) => void,
) {
  const places = rows * columns;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
  };
  const step = steps[event.key];
  if (event.key === 'Escape' && patch !== null) onPatch(null);
  else if (event.key === 'Home') onPatch(0);
  else if (event.key === 'End') onPatch(places - 1);
  else if (step !== undefined) onPatch(patch === null ? 0 : Math.max(0, Math.min(places - 1, patch + step)));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function placeOf({ columns }: AttentionMap, patch: number): string {
  return `Patch in row ${Math.floor(patch / columns) + 1}, column ${(patch % columns) + 1}`;
}

/** The patch that is looked at most, in words. */
function strongestOf(map: AttentionMap, look: Float32Array): string {
  const most = look.indexOf(Math.max(...look));
  return `row ${Math.floor(most / map.columns) + 1}, column ${(most % map.columns) + 1}, ${percentText(look[most] ?? 0, 0)}`;
}
