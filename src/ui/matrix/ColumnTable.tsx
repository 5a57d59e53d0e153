import { columnCounts } from '../../core/dataset/column-summary.ts';
import { cellText } from '../../core/dataset/rows.ts';
import type { Field, TableSamples } from '../../core/dataset/spec.ts';
import type { Cell } from '../../core/dataset/table.ts';
import { listOf } from '../../core/text/nouns.ts';
import { countText } from '../../core/text/number-text.ts';
import './rows.css';

/** Props of {@link ColumnTable}. */
export interface ColumnTableProps {
  readonly label: string;
  readonly samples: TableSamples;
  /** Rows from which the spread of each column is drawn. */
  readonly rows: readonly (readonly Cell[])[];
}

/** The columns of a table: how their values are spread, from where to where they reach, and what stands in for missing ones. */
export function ColumnTable({ label, samples, rows }: ColumnTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus, the keyboard could not scroll it in a short window.
    <section className="rows-box" aria-label={`${label}, scrolled`} tabIndex={0}>
      <table className="rows rows-columns" aria-label={label}>
        <thead>
          <tr>
            <th scope="col" className="is-text">
              Column
            </th>
            <th scope="col" className="is-text">
              Spread
            </th>
            <th scope="col" className="is-text">
              Values
            </th>
          </tr>
        </thead>
        <tbody>
          {samples.fields.map((field, column) => (
            <tr key={field.name}>
              <th scope="row" className="is-text">
                {field.name}
              </th>
              <td className="is-text">
                <Spread
                  counts={columnCounts(
                    field,
                    rows.map((row) => row[column] ?? null),
                  )}
                />
              </td>
              <td className="is-text">{valuesText(field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How many categories are named. */
const NAMED = 4;

function valuesText(field: Field): string {
  const fill = field.fill === null ? '' : `; where missing, ${cellText(field, field.fill)}`;
  if (field.kind === 'number')
    return `${cellText({ ...field, unit: '' }, field.least)} to ${cellText(field, field.most)}${fill}`;
  const { categories } = field;
  const named = categories.length > NAMED ? `${countText(categories.length)} categories` : listOf(categories);
  return `${named}${fill}`;
}

/** Counts as bars of one row; for screen readers the text beside it says enough. */
function Spread({ counts }: { readonly counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  return (
    <span className="rows-spread" aria-hidden="true">
      {counts.map((count, bin) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bins stay where they are.
        <i key={bin} style={{ height: `${(100 * count) / most}%` }} />
      ))}
    </span>
  );
}
