import { useState } from 'react';
import { at } from '../../core/at.ts';
import { datasetWords } from '../../core/dataset/sample-words.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { countText } from '../../core/text/number-text.ts';
import { outlinesOf } from '../../datasets/capabilities.ts';
import { shippedDataset } from '../../datasets/catalogue.ts';
import type { DataSet } from '../../state/data-set.ts';
import { ClassGlyph } from '../../ui/base/Icon.tsx';
import { StatusChip, type StatusChipProps } from '../../ui/card/StatusChip.tsx';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
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
        <Popover className="data-viewer" anchor={anchor} label={dataSet.spec.title} onClose={() => setAnchor(null)}>
          <DataViewer dataSet={dataSet} />
        </Popover>
      )}
    </>
  );
}

function wordsOf({ spec, shardsArrived, shardsTotal, failure }: DataSet): Omit<StatusChipProps, 'icon'> {
  const { title, splits } = spec;
  const samples = countText(splits.train);
  if (shardsTotal === 0) return { title, detail: samples };
  if (shardsArrived === shardsTotal) return { title, detail: `${samples} ready` };
  const progress = { progress: shardsArrived / shardsTotal, progressText: `${shardsArrived} of ${shardsTotal} shards` };
  if (failure !== null) return { title, detail: 'incomplete', ...progress, tone: 'error' };
  return { title, detail: samples, ...progress };
}

/** Samples of every class, and how many of each have arrived. */
function DataViewer({ dataSet }: { readonly dataSet: DataSet }) {
  const { spec } = dataSet;
  const { splits, words, classes } = spec;
  const { many } = words.sample;
  const outlines = outlinesOf(spec);
  const most = Math.max(1, ...dataSet.classCounts);
  return (
    <>
      <p className="data-about">
        {countText(dataSet.trainingImages)} of {countText(splits.train)} training {many} and{' '}
        {countText(dataSet.testImages)} of {countText(splits.test)} test {many} loaded:{' '}
        {shippedDataset(spec)?.about ?? datasetWords(spec)}
      </p>
      <ul className="data-classes" aria-label={`${capitalised(words.subject.many)} by class`}>
        {classes.map((name, label) => (
          <li key={name}>
            <ClassGlyph outline={outlines?.[label]} />
            <span>{name}</span>
            <span className="data-samples">
              {dataSet.samples[label]?.map(({ pixels }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: samples only ever grow at the end.
                <PixelImage key={index} pixels={pixels} size={imageSizeOf(spec)} label={name} />
              ))}
            </span>
            <span className="track">
              <i style={{ width: `${(at(dataSet.classCounts, label) / most) * 100}%` }} />
            </span>
            <span className="num">{countText(at(dataSet.classCounts, label))}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
