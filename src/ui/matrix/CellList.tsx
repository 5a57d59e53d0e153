import { cellText } from '../../core/dataset/rows.ts';
import type { TableSamples } from '../../core/dataset/spec.ts';
import type { Cell } from '../../core/dataset/table.ts';
import { Skeleton } from '../card/Skeleton.tsx';
import './rows.css';

/** Props of {@link CellList}. */
export interface CellListProps {
  readonly label: string;
  readonly samples: TableSamples;
  /** Undefined while they are being fetched. */
  readonly cells: readonly Cell[] | undefined;
}

/** One row of a table from top to bottom: each column with what stands in it. */
export function CellList({ label, samples, cells }: CellListProps) {
  return (
    <table className="rows rows-one" aria-label={label}>
      <tbody>
        {samples.fields.map((field, column) => (
          <tr key={field.name}>
            <th scope="row" className="is-text">
              {field.name}
            </th>
            <td>
              {cells === undefined ? <Skeleton width={30} height={10} /> : cellText(field, cells[column] ?? null)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
