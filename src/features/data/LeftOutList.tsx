import type { LeftOut } from '../../core/dataset/left-out.ts';
import { countText } from '../../core/text/number-text.ts';

/** More than so many are counted only. */
const SHOWN = 200;

/** What of the files is not in the data set, and why. */
export function LeftOutList({ leftOut }: { readonly leftOut: readonly LeftOut[] }) {
  if (leftOut.length === 0) return null;
  return (
    <details className="left-out">
      <summary>{countText(leftOut.length)} left out</summary>
      <ul>
        {leftOut.slice(0, SHOWN).map(({ what, why }) => (
          <li key={what}>
            <b>{what}</b> {why}
          </li>
        ))}
        {leftOut.length > SHOWN && <li>and {countText(leftOut.length - SHOWN)} more</li>}
      </ul>
    </details>
  );
}
