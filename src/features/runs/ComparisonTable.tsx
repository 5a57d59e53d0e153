import { classNames } from '../../ui/base/class-names.ts';
import '../../ui/matrix/report.css';
import { useHidden } from '../ruling.tsx';
import type { SeedGroup } from '../seed-groups.ts';
import { type ComparisonRow, comparisonOf, differs } from './comparison.ts';
import { GroupName } from './GroupName.tsx';

/** Props of {@link ComparisonTable}. */
export interface ComparisonTableProps {
  readonly groups: readonly SeedGroup[];
  /** Also shows what all runs have in common. */
  readonly all: boolean;
}

/** Runs side by side, a column each, and one for those that differ in their seed alone: how they did, their recipes, their layers. */
export function ComparisonTable({ groups, all }: ComparisonTableProps) {
  const { results, recipe, network } = comparisonOf(groups, useHidden());
  const shown = (rows: readonly ComparisonRow[]) => (all ? rows : rows.filter(differs));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="compare-table scroll" tabIndex={0} aria-label="Runs side by side">
      <table className="report">
        <thead>
          <tr>
            <th scope="col">Run</th>
            {groups.map((group) => (
              <th key={group[0].number} scope="col">
                <GroupName group={group} />
              </th>
            ))}
          </tr>
        </thead>
        <Group title="Results" rows={results} />
        <Group title="Recipe" rows={shown(recipe)} />
        <Group title="Network" rows={shown(network)} />
      </table>
    </section>
  );
}

function Group({ title, rows }: { readonly title: string; readonly rows: readonly ComparisonRow[] }) {
  return (
    <tbody>
      <tr className="compare-group">
        <th scope="rowgroup" colSpan={99}>
          {title}
          {rows.length === 0 && ': the same in all'}
        </th>
      </tr>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two layers may have the same name; rows never move.
        <tr key={index} className={classNames(differs(row) && 'differs')}>
          <th scope="row">{row.label}</th>
          {row.values.map((value, run) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column each run.
            <td key={run}>{value}</td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
