import { lazy, Suspense, useState } from 'react';
import { countText } from '../../core/text/number-text.ts';
import type { DataSet } from '../../state/data-set.ts';
import { StatusChip, type StatusChipProps } from '../../ui/card/StatusChip.tsx';
import { useDataSet } from '../lab.tsx';

const DataViewer = lazy(() => import('./DataViewer.tsx').then((module) => ({ default: module.DataViewer })));

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
        <Suspense fallback={null}>
          <DataViewer dataSet={dataSet} anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
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
