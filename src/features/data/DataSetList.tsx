import { useState } from 'react';
import type { OwnDataset } from '../../core/dataset/own-dataset.ts';
import { type DatasetSpec, isSameDataset } from '../../core/dataset/spec.ts';
import { countOf } from '../../core/text/nouns.ts';
import { bytesText } from '../../core/text/number-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useDataSet, useRuns } from '../lab.tsx';

/** Props of {@link DataSetList}. */
export interface DataSetListProps {
  readonly label: string;
  readonly items: readonly DataSetItem[];
}

/** A data set that can be opened. */
export interface DataSetItem {
  readonly spec: DatasetSpec;
  /** Absolute address of its folder. */
  readonly baseUrl: string;
  readonly about: string;
  /** What it is of the user's own; null where it comes with the app. */
  readonly own: OwnDataset | null;
  readonly onOpen: () => void;
  readonly onRemove?: () => void;
  /** Saves all its files, for a program in Python to read. */
  readonly onDownload?: () => void;
}

/** Data sets, each with what it holds, where it comes from, and what can be done with it. */
export function DataSetList({ label, items }: DataSetListProps) {
  return (
    <ul className="data-list" aria-label={label}>
      {items.map((item) => (
        <Item key={item.spec.id} {...item} />
      ))}
    </ul>
  );
}

function Item({ spec, baseUrl, about, own, onOpen, onRemove, onDownload }: DataSetItem) {
  const [asking, setAsking] = useState(false);
  const isOpen = useDataSet((dataSet) => dataSet.baseUrl === baseUrl && isSameDataset(dataSet.spec, spec));
  return (
    <li className="data-item">
      <div>
        <b>{spec.title}</b> <span className="muted">{sizeText(spec, own)}</span>
        <p>{about}</p>
      </div>
      <div className="data-acts">
        {isOpen ? (
          <span className="chip">open</span>
        ) : (
          <Button variant="outline" size="sm" onClick={onOpen}>
            Open<span className="vh"> {spec.title}</span>
          </Button>
        )}
        {onDownload && (
          <Button
            variant="quiet"
            size="sm"
            icon="export"
            label={`Save ${spec.title} for a Python program`}
            onClick={onDownload}
          />
        )}
        {onRemove && !asking && (
          <Button
            variant="quiet"
            size="sm"
            icon="trash"
            label={`Delete ${spec.title}`}
            onClick={() => setAsking(true)}
          />
        )}
      </div>
      {asking && onRemove && own !== null && (
        <RemoveQuestion own={own} isOpen={isOpen} onRemove={onRemove} onKeep={() => setAsking(false)} />
      )}
    </li>
  );
}

function sizeText({ splits, classes, words }: DatasetSpec, own: OwnDataset | null): string {
  const samples = countOf(splits.train + splits.test, words.sample);
  const size = own === null ? '' : `, ${bytesText(own.bytes)}, made ${new Date(own.made).toLocaleDateString('en-GB')}`;
  return `${samples}, ${classes.length} classes${size}`;
}

/** What becomes of the runs that were trained on a data set, with a space behind it; empty where there are none. */
function runsText(runs: number): string {
  if (runs === 0) return '';
  return runs === 1
    ? 'One run was trained on it. It stays in the table with its curves and figures, but cannot be restored or continued. '
    : `${runs} runs were trained on it. They stay in the table with their curves and figures, but cannot be restored or continued. `;
}

/** Props of {@link RemoveQuestion}. */
interface RemoveQuestionProps {
  readonly own: OwnDataset;
  readonly isOpen: boolean;
  readonly onRemove: () => void;
  readonly onKeep: () => void;
}

/** Asks once more, and says what depends on the data set. */
function RemoveQuestion({ own: { spec, bytes }, isOpen, onRemove, onKeep }: RemoveQuestionProps) {
  const runs = useRuns().filter(({ draft }) => isSameDataset(draft.dataset, spec)).length;
  return (
    <div className="data-question" role="alert">
      <p>
        Delete {spec.title} ({bytesText(bytes)}) from this browser? Your own files stay where they are; your test set
        for it goes with it. {runsText(runs)}
        {isOpen && 'It is open now, and stays open until another data set is opened or the page is closed.'}
      </p>
      <Button variant="outline" size="sm" onClick={onRemove}>
        Delete
      </Button>
      <Button variant="quiet" size="sm" onClick={onKeep}>
        Keep
      </Button>
    </div>
  );
}
