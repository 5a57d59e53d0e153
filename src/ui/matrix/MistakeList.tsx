import { at } from '../../core/at.ts';
import { mostFrequentMistakes } from '../../core/evaluation/confusion-order.ts';
import { type Confusion, sum } from '../../core/evaluation/metrics.ts';
import { countText } from '../../core/text/number-text.ts';
import { classNames } from '../base/class-names.ts';
import type { Cell } from './heat.ts';
import './mistake-list.css';

/** How many mistakes are listed. */
const LISTED = 10;

/** Props of {@link MistakeList}. */
export interface MistakeListProps {
  /** Class names in the order of their labels. */
  readonly classes: readonly string[];
  readonly counts: Confusion;
  readonly selected?: Cell | undefined;
  readonly onSelect: (cell: Cell) => void;
}

/** The most frequent mistakes in words: of a matrix that is too large to find them by eye. */
export function MistakeList({ classes, counts, selected, onSelect }: MistakeListProps) {
  const mistakes = mostFrequentMistakes(counts, LISTED);
  if (mistakes.length === 0) return null;
  return (
    <section className="mistake-list">
      <h3>Most frequent confusions</h3>
      <ol aria-label="Most frequent confusions">
        {mistakes.map(({ truth, predicted, count }) => {
          const isSelected = selected?.truth === truth && selected.predicted === predicted;
          return (
            <li key={`${truth} ${predicted}`}>
              <button
                type="button"
                className={classNames(isSelected && 'on')}
                aria-pressed={isSelected}
                onClick={() => onSelect({ truth, predicted })}
              >
                <span>
                  {at(classes, truth)} <span className="muted">taken for</span> {at(classes, predicted)}
                </span>
                <span className="num">{`${countText(count)} of ${countText(sum(at(counts, truth)))}`}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
