import { type ReactNode, useState } from 'react';
import { cellText } from '../../core/dataset/rows.ts';
import type { TableSamples } from '../../core/dataset/spec.ts';
import type { Cell } from '../../core/dataset/table.ts';
import { classNames } from '../base/class-names.ts';
import { Icon } from '../base/Icon.tsx';
import { Skeleton } from '../card/Skeleton.tsx';
import './rows.css';

/** What is known of a row beside its cells, as a text, and as a number or a text to sort by. */
export interface Remark {
  readonly text: string;
  readonly value: number | string;
  /** Whether it stands out. */
  readonly strong?: boolean;
}

/** One row of a table. */
export interface RowEntry {
  readonly key: number;
  readonly remarks: readonly Remark[];
  /** Undefined while they are being fetched. */
  readonly cells: readonly Cell[] | undefined;
  /** What opens it, for screen readers. */
  readonly name: string;
}

/** Props of {@link RowTable}. */
export interface RowTableProps {
  readonly label: string;
  readonly samples: TableSamples;
  /** The heads of the remarks, which stand before the cells. */
  readonly heads: readonly string[];
  readonly rows: readonly RowEntry[];
  /** How many of them to show; all where it is left out. */
  readonly shown?: number;
  /** Called with the place of a row in the order that is shown, and that order; without it rows cannot be opened. */
  readonly onOpen?: (place: number, order: readonly RowEntry[]) => void;
  /** Whether the heads sort. */
  readonly sortable?: boolean;
}

interface Order {
  readonly column: number;
  readonly descending: boolean;
}

/** Rows of a data set with what is known of them; a press on a head sorts by its column. */
export function RowTable(props: RowTableProps) {
  const { label, samples, heads, rows, shown = rows.length, onOpen, sortable = false } = props;
  const [order, setOrder] = useState<Order | null>(null);
  const titles = [...heads, ...samples.fields.map((field) => titleOf(field))];
  const sorted = order === null ? rows : sortedRows(rows, order, heads.length);
  const press = (column: number) =>
    setOrder((before) => ({ column, descending: before?.column === column ? !before.descending : true }));
  return (
    <Box label={label} isReachable={sortable || onOpen !== undefined}>
      <table className="rows" aria-label={label}>
        <thead>
          <tr>
            {titles.map((title, column) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are.
                key={column}
                scope="col"
                className={classNames(isText(samples, heads.length, column) && 'is-text')}
                aria-sort={order?.column === column ? (order.descending ? 'descending' : 'ascending') : undefined}
              >
                {sortable ? (
                  <button type="button" onClick={() => press(column)}>
                    {title}
                    <Icon name="down" />
                  </button>
                ) : (
                  title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shown).map((row, place) => (
            <Row key={row.key} samples={samples} row={row} onOpen={onOpen && (() => onOpen(place, sorted))} />
          ))}
        </tbody>
      </table>
    </Box>
  );
}

interface BoxProps {
  readonly label: string;
  /** Whether something in it takes the focus, so that the keyboard can scroll it. */
  readonly isReachable: boolean;
  readonly children: ReactNode;
}

/** A table that may be wider than its place. */
function Box({ label, isReachable, children }: BoxProps) {
  if (isReachable) return <div className="rows-box">{children}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus, the keyboard could not scroll it.
    <section className="rows-box" aria-label={`${label}, scrolled sideways`} tabIndex={0}>
      {children}
    </section>
  );
}

function titleOf(field: TableSamples['fields'][number]): string {
  return field.kind === 'number' && field.unit !== '' ? `${field.name} (${field.unit})` : field.name;
}

/** Whether a column stands on the left: words, and no numbers. */
function isText({ fields }: TableSamples, heads: number, column: number): boolean {
  return column < heads ? column === 0 : fields[column - heads]?.kind === 'category';
}

function sortedRows(rows: readonly RowEntry[], { column, descending }: Order, heads: number): readonly RowEntry[] {
  const valueIn = ({ remarks, cells }: RowEntry) =>
    column < heads ? (remarks[column]?.value ?? null) : (cells?.[column - heads] ?? null);
  const compare = (a: Cell, b: Cell) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const rising = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
    return descending ? -rising : rising;
  };
  return rows.toSorted((a, b) => compare(valueIn(a), valueIn(b)));
}

interface RowProps {
  readonly samples: TableSamples;
  readonly row: RowEntry;
  readonly onOpen: (() => void) | undefined;
}

function Row({ samples, row: { remarks, cells, name }, onOpen }: RowProps) {
  const [first, ...others] = remarks;
  return (
    <tr>
      {first && (
        <th scope="row" className={classNames('is-text', first.strong === true && 'is-strong')}>
          {onOpen ? (
            <button type="button" aria-label={name} onClick={onOpen}>
              {first.text}
            </button>
          ) : (
            first.text
          )}
        </th>
      )}
      {others.map(({ text, strong }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are.
        <td key={i} className={classNames(strong === true && 'is-strong')}>
          {text}
        </td>
      ))}
      {samples.fields.map((field, column) => (
        <td key={field.name} className={classNames(field.kind === 'category' && 'is-text')}>
          {cells === undefined ? (
            <Skeleton width={30} height={10} />
          ) : (
            cellText(field.kind === 'number' ? { ...field, unit: '' } : field, cells[column] ?? null)
          )}
        </td>
      ))}
    </tr>
  );
}
