import { useMemo } from 'react';
import { cellsOf } from '../core/dataset/rows.ts';
import type { DatasetSpec, TableSamples } from '../core/dataset/spec.ts';
import { ColumnTable } from '../ui/matrix/ColumnTable.tsx';
import { useTrainingRows } from './use-training-rows.ts';

/** Props of {@link ColumnsOfTable}. */
export interface ColumnsOfTableProps {
  readonly dataset: DatasetSpec;
  readonly samples: TableSamples;
}

/** The columns of the table that is open, as far as its training rows have arrived. */
export function ColumnsOfTable({ dataset, samples }: ColumnsOfTableProps) {
  const stored = useTrainingRows(dataset);
  const rows = useMemo(() => (stored === undefined ? [] : cellsOf(samples, stored)), [samples, stored]);
  return <ColumnTable label={`Columns of ${dataset.title}`} samples={samples} rows={rows} />;
}
