import { useState } from 'react';
import { CLASS_NAMES, className } from '../../core/classes.ts';
import { IMAGE_BYTES } from '../../core/data-set.ts';
import { answersOf, filtered, sorted } from '../../core/mistakes.ts';
import { formatCount, formatPercent } from '../../ui/format.ts';
import '../../ui/gallery.css';
import { HeatMap } from '../../ui/HeatMap.tsx';
import type { Cell, HeatMode } from '../../ui/heat.ts';
import { PixelImage } from '../../ui/PixelImage.tsx';
import { Segmented } from '../../ui/Toggle.tsx';
import { usePixels } from '../use-pixels.ts';
import type { Judged } from './judged.ts';
import { Source } from './Source.tsx';

const MODES: readonly { readonly value: HeatMode; readonly label: string }[] = [
  { value: 'counts', label: 'Counts' },
  { value: 'row', label: 'Row %' },
  { value: 'column', label: 'Column %' },
];

/** Which garments are taken for which, and the images behind each number. */
export function ConfusionPanel() {
  const [mode, setMode] = useState<HeatMode>('counts');
  const [cell, setCell] = useState<Cell>();
  return (
    <Source>
      {(judged) => (
        <>
          <Segmented label="Cells show" choices={MODES} value={mode} onChange={setMode} />
          <HeatMap classes={CLASS_NAMES} counts={judged.confusion} mode={mode} selected={cell} onSelect={setCell} />
          {cell && <CellStrip judged={judged} cell={cell} />}
        </>
      )}
    </Source>
  );
}

/** How many images of a cell are fetched and shown at a time. */
const PAGE = 28;

/** The images of a cell, those first of which the network was surest. */
function CellStrip({ judged, cell }: { readonly judged: Judged; readonly cell: Cell }) {
  const [shown, setShown] = useState(PAGE);
  const answers = filtered(answersOf(judged.evaluation), { label: cell.truth, predicted: cell.predicted });
  const images = sorted(answers, 'mostConfident');
  const visible = images.slice(0, shown);
  const split = judged.set === 'test' ? 'test' : 'train';
  const pixels = usePixels(
    split,
    visible.map(({ index }) => index),
  );
  return (
    <section className="strip" aria-label="Images of the selected cell">
      <div className="sub">
        <h3>
          {className(cell.truth)} predicted as {className(cell.predicted)}
        </h3>
      </div>
      <div className="sub">
        <span>
          {formatCount(images.length)} {images.length === 1 ? 'image' : 'images'}, most confident first
        </span>
        {images.length > shown && (
          <button type="button" className="link more" onClick={() => setShown(shown + 4 * PAGE)}>
            Show more
          </button>
        )}
      </div>
      <div className="strip-grid">
        {visible.map((image, i) => (
          <figure key={image.index}>
            <PixelImage
              pixels={pixels?.subarray(i * IMAGE_BYTES, (i + 1) * IMAGE_BYTES)}
              label={className(cell.truth)}
            />
            <figcaption>{formatPercent(image.confidence, 0)}</figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}
