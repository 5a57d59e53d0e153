import { SPLIT_SIZES } from '../../core/data-set.ts';
import type { DataSet } from '../../state/data-set.ts';
import { formatCount } from '../../ui/format.ts';
import { StatusChip, type StatusChipProps } from '../../ui/StatusChip.tsx';
import { useDataSet } from '../lab.tsx';

/** How much of the data set has arrived. */
export function DataSetChip() {
  const dataSet = useDataSet((data) => data);
  return <StatusChip icon="data" {...wordsOf(dataSet)} />;
}

function wordsOf({ shardsArrived, shardsTotal, failure }: DataSet): Omit<StatusChipProps, 'icon'> {
  const title = 'Fashion-MNIST';
  const images = formatCount(SPLIT_SIZES.train);
  if (shardsTotal === 0) return { title, detail: images };
  if (shardsArrived === shardsTotal) return { title, detail: `${images} ready` };
  const progress = { progress: shardsArrived / shardsTotal, progressText: `${shardsArrived} of ${shardsTotal} shards` };
  if (failure !== null) return { title, detail: 'incomplete', ...progress, tone: 'error' } as const;
  return { title, detail: images, ...progress };
}
