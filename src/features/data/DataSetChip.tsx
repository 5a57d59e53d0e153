import { useState } from 'react';
import { countText } from '../../core/text/number-text.ts';
import type { DataSet } from '../../state/data-set.ts';
import { part } from '../../ui/card/part.tsx';
import { StatusChip, type StatusChipProps } from '../../ui/card/StatusChip.tsx';
import { closeTool, openTool, useHasRoom, useTool } from '../header-tool.ts';
import { useDataSet } from '../lab.tsx';
import type { IncomingFiles } from './use-incoming-files.ts';

const DataSetDialog = part(async () => (await import('./DataSetDialog.tsx')).DataSetDialog, { missing: 'dialog' });

/** Loaded after the first paint. */
const FilesOnPage = part(async () => (await import('./FilesOnPage.tsx')).FilesOnPage, { missing: 'nothing' });

/** Props of {@link DataSetChip}. */
export interface DataSetChipProps {
  /** Hears of a lab that was saved as a file and is dropped on the page. */
  readonly onLabFile: (file: File) => void;
}

/** How much of the data set has arrived; on a phone as a line below the header. Opens the dialog in which it is looked at, and another one is chosen. */
export function DataSetChip({ onLabFile }: DataSetChipProps) {
  const dataSet = useDataSet((data) => data);
  const [incoming, setIncoming] = useState<IncomingFiles | null>(null);
  const isOpen = useTool('data') !== null || incoming !== null;
  const hasRoom = useHasRoom();
  const words = dataSetWords(dataSet);
  const close = () => {
    closeTool();
    setIncoming(null);
  };
  return (
    <>
      {hasRoom && (
        <StatusChip
          icon="data"
          hint="Data set"
          {...words}
          aria-haspopup="dialog"
          onClick={({ currentTarget }) => openTool('data', currentTarget)}
        />
      )}
      {!hasRoom && words.progress !== undefined && (
        <i className="shards" aria-hidden="true" style={{ width: `${words.progress * 100}%` }} />
      )}
      <FilesOnPage onLabFile={onLabFile} onFiles={(files) => setIncoming(() => files)} />
      {isOpen && <DataSetDialog incoming={incoming} onClose={close} />}
    </>
  );
}

/** How much of a data set has arrived, as its chip says it. */
export function dataSetWords({ spec, shardsArrived, shardsTotal, failure }: DataSet): Omit<StatusChipProps, 'icon'> {
  const { title, splits } = spec;
  const samples = countText(splits.train);
  if (shardsTotal === 0) return { title, detail: samples };
  if (shardsArrived === shardsTotal) return { title, detail: `${samples} ready` };
  const progress = { progress: shardsArrived / shardsTotal, progressText: `${shardsArrived} of ${shardsTotal} shards` };
  if (failure !== null) return { title, detail: 'incomplete', ...progress, tone: 'error' };
  return { title, detail: samples, ...progress };
}
