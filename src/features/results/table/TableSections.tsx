import { useMemo } from 'react';
import { cellsOf, rowValues } from '../../../core/dataset/rows.ts';
import type { DatasetSpec, TableSamples } from '../../../core/dataset/spec.ts';
import type { FirstLayer } from '../../../core/explaining/first-layer.ts';
import { Hint } from '../../../ui/card/Notice.tsx';
import { CellList } from '../../../ui/matrix/CellList.tsx';
import { RowTable } from '../../../ui/matrix/RowTable.tsx';
import { useRun } from '../../lab.tsx';
import { useTrainingRows } from '../../use-training-rows.ts';
import { DependenceSection } from './DependenceSection.tsx';
import { FieldWeightsSection } from './FieldWeightsSection.tsx';
import { ImportanceSection } from './ImportanceSection.tsx';
import { RegionsSection } from './RegionsSection.tsx';
import './table.css';

/** So many columns are listed from top to bottom; more would push all else down. */
const LISTED = 8;

/** Props of {@link TableSections}. */
export interface TableSectionsProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
  readonly first: FirstLayer;
  /** The row that is looked at, as it is stored. */
  readonly row: Uint8Array;
}

/** What explains a network that takes rows of a table: by its weights, and by what it answers to rows that are changed. */
export function TableSections({ dataset, samples, first, row }: TableSectionsProps) {
  const { one } = dataset.words.sample;
  const trains = useRun((run) => run?.phase === 'training');
  const stored = useTrainingRows(dataset);
  const values = useMemo(() => (stored === undefined ? null : rowValues(samples, stored)), [samples, stored]);
  const training = useMemo(() => (stored === undefined ? [] : cellsOf(samples, stored)), [samples, stored]);
  const own = useMemo(
    () => ({ values: rowValues(samples, row), cells: cellsOf(samples, row)[0] ?? [] }),
    [samples, row],
  );
  return (
    <>
      <div className="inside-part">
        {samples.fields.length > LISTED ? (
          <RowTable
            label={`The ${one}`}
            samples={samples}
            heads={[]}
            rows={[{ key: 0, remarks: [], cells: own.cells, name: '' }]}
          />
        ) : (
          <CellList label={`The ${one}`} samples={samples} cells={own.cells} />
        )}
      </div>
      <FieldWeightsSection dataset={dataset} samples={samples} first={first} />
      {trains && (
        <Hint>
          What follows is of the network as it was a moment ago. It is asked again when the training pauses or ends.
        </Hint>
      )}
      <ImportanceSection dataset={dataset} samples={samples} />
      <DependenceSection dataset={dataset} samples={samples} values={values} row={own.cells} />
      <RegionsSection dataset={dataset} samples={samples} training={training} row={own} />
    </>
  );
}
