import { useState } from 'react';
import { CLASS_NAMES } from '../../core/dataset/classes.ts';
import { SPLIT_SIZES } from '../../core/dataset/stream-events.ts';
import { countText } from '../../core/text/number-text.ts';
import type { DataSet } from '../../state/data-set.ts';
import { ClassGlyph } from '../../ui/base/Icon.tsx';
import { StatusChip, type StatusChipProps } from '../../ui/card/StatusChip.tsx';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { Popover } from '../../ui/overlay/Popover.tsx';
import { useDataSet } from '../lab.tsx';

/** How much of the data set has arrived. Opens samples of it. */
export function DataSetChip() {
  const dataSet = useDataSet((data) => data);
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <StatusChip
        icon="data"
        {...wordsOf(dataSet)}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(anchor === null ? event.currentTarget : null)}
      />
      {anchor !== null && (
        <Popover className="data-viewer" anchor={anchor} label="Fashion-MNIST" onClose={() => setAnchor(null)}>
          <DataViewer dataSet={dataSet} />
        </Popover>
      )}
    </>
  );
}

function wordsOf({ shardsArrived, shardsTotal, failure }: DataSet): Omit<StatusChipProps, 'icon'> {
  const title = 'Fashion-MNIST';
  const images = countText(SPLIT_SIZES.train);
  if (shardsTotal === 0) return { title, detail: images };
  if (shardsArrived === shardsTotal) return { title, detail: `${images} ready` };
  const progress = { progress: shardsArrived / shardsTotal, progressText: `${shardsArrived} of ${shardsTotal} shards` };
  if (failure !== null) return { title, detail: 'incomplete', ...progress, tone: 'error' };
  return { title, detail: images, ...progress };
}

/** Garments of every class, and how many of each have arrived. */
function DataViewer({ dataSet }: { readonly dataSet: DataSet }) {
  const most = Math.max(1, ...dataSet.classCounts);
  return (
    <>
      <p className="data-about">
        {countText(dataSet.trainingImages)} of {countText(SPLIT_SIZES.train)} training images and{' '}
        {countText(dataSet.testImages)} of {countText(SPLIT_SIZES.test)} test images are here: Zalando's product photos,
        28×28 pixels in 256 shades of gray. Each kind of garment has 6,000 training images.
      </p>
      <ul className="data-classes" aria-label="Garments by class">
        {CLASS_NAMES.map((name, label) => (
          <li key={name}>
            <ClassGlyph label={label} />
            <span>{name}</span>
            <span className="data-samples">
              {dataSet.samples[label]?.map(({ pixels }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: samples only ever grow at the end.
                <PixelImage key={index} pixels={pixels} label={name} />
              ))}
            </span>
            <span className="track">
              <i style={{ width: `${((dataSet.classCounts[label] ?? 0) / most) * 100}%` }} />
            </span>
            <span className="num">{countText(dataSet.classCounts[label] ?? 0)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
