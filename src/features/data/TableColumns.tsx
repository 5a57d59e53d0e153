import { useState } from 'react';
import type { ColumnSurvey, FeaturePreview, TableChoices } from '../../core/dataset/table-reading.ts';
import { Pages } from '../../ui/form/Pages.tsx';
import { TableColumn } from './TableColumn.tsx';

/** Columns on a page: more would be slow to lay out, and nobody reads them at once. */
const PAGE = 24;

/** Props of {@link TableColumns}. */
export interface TableColumnsProps {
  readonly rows: number;
  readonly columns: readonly ColumnSurvey[];
  readonly choices: TableChoices;
  /** What becomes of the columns that a network sees, as far as it is known. */
  readonly features: readonly FeaturePreview[];
  readonly onChange: (choices: TableChoices) => void;
}

/** The columns of a table, what each holds, and what it is to the network; of many, a page at a time. */
export function TableColumns({ rows, columns, choices, features, onChange }: TableColumnsProps) {
  const [page, setPage] = useState(0);
  const first = page * PAGE;
  const shown = columns.slice(first, first + PAGE);
  return (
    <section className="table-columns">
      <ul aria-label="Columns">
        {shown.map((survey, i) => (
          <TableColumn
            key={survey.name}
            survey={survey}
            column={first + i}
            rows={rows}
            columns={columns}
            choices={choices}
            preview={features.find(({ column }) => column === first + i)}
            onChange={onChange}
          />
        ))}
      </ul>
      <Pages what="Columns" total={columns.length} each={PAGE} page={page} onPage={setPage} />
    </section>
  );
}
