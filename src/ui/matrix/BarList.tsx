import { at } from '../../core/at.ts';
import { probabilityText } from '../../core/text/number-text.ts';
import { classNames } from '../base/class-names.ts';
import { ClassGlyph } from '../base/Icon.tsx';
import { Skeleton } from '../card/Skeleton.tsx';
import './bars.css';

/** Props of {@link BarList}. */
export interface BarListProps {
  /** Names the list, as `Prediction`. */
  readonly label: string;
  /** Class names in the order of their labels. */
  readonly classes: readonly string[];
  /** The outline of each class, a path on 24 by 24 units; null where there are none. */
  readonly outlines: readonly string[] | null;
  /** A share from 0 to 1 for each class; skeletons are shown while there are none. */
  readonly shares: ArrayLike<number> | undefined;
  /** Whether they mean little. */
  readonly faded?: boolean;
  /** The label of the true class, which is marked; left out where it is not known. */
  readonly truth?: number | undefined;
}

/** Of more classes than these, only the likeliest get a bar. */
const MOST = 20;
const LIKELIEST = 10;

/**
 * What a network answers: a bar for each class, always starting at 0. The largest stands out. Of many classes, the likeliest
 * are listed, the largest share first.
 */
export function BarList({ label, classes, outlines, shares, faded = false, truth }: BarListProps) {
  const most = Math.max(...Array.from(shares ?? []));
  const top = shares ? Array.from(shares).indexOf(most) : undefined;
  return (
    <ul className={classNames('bars', outlines === null && 'bars-plain', faded && 'is-faded')} aria-label={label}>
      {listed(classes.length, shares).map((index) => (
        <Bar
          key={index}
          name={at(classes, index)}
          outline={outlines?.[index]}
          share={shares?.[index]}
          top={index === top}
          isTrue={index === truth}
        />
      ))}
    </ul>
  );
}

/** The labels that get a bar, in order. */
function listed(count: number, shares: ArrayLike<number> | undefined): readonly number[] {
  const labels = Array.from({ length: count }, (_, label) => label);
  if (count <= MOST) return labels;
  return labels.toSorted((a, b) => (shares?.[b] ?? 0) - (shares?.[a] ?? 0)).slice(0, LIKELIEST);
}

interface BarProps {
  readonly name: string;
  readonly outline: string | undefined;
  readonly share: number | undefined;
  readonly top: boolean;
  readonly isTrue: boolean;
}

function Bar({ name, outline, share, top, isTrue }: BarProps) {
  const percent = share === undefined ? undefined : probabilityText(share);
  // Names are searched and read aloud, so they use an ordinary space.
  const answer = percent === undefined ? `${name}, no answer yet` : `${name} ${percent.replace('\u202f', ' ')}`;
  const spoken = isTrue ? `${answer}, the true class` : answer;
  return (
    <li className={classNames('bar', top && 'is-top')} aria-label={spoken}>
      <ClassGlyph outline={outline} />
      <span className="name">
        {name}
        {isTrue && <b className="is-true">true</b>}
      </span>{' '}
      <span className="track">{share !== undefined && <i style={{ width: `${share * 100}%` }} />}</span>{' '}
      <span className="v">{percent ?? <Skeleton width={34} height={10} />}</span>
    </li>
  );
}
