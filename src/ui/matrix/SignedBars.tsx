import { decimalText } from '../../core/text/number-text.ts';
import { classNames } from '../base/class-names.ts';
import './signed-bars.css';

/** Values under one name: one of its own, or one for each part. */
export interface BarGroup {
  readonly name: string;
  readonly bars: readonly {
    /** Empty where the group has a single value. */
    readonly name: string;
    readonly value: number;
  }[];
}

/** Props of {@link SignedBars}. */
export interface SignedBarsProps {
  readonly label: string;
  readonly groups: readonly BarGroup[];
  /** The value whose bar is as long as there is room. */
  readonly most: number;
  /** Whether values may lie below 0: bars then begin in the middle. */
  readonly signed: boolean;
  /** Writes a value; three decimals when left out. */
  readonly format?: (value: number) => string;
}

/** Values as bars to the right of 0, and to the left of it where they are below. */
export function SignedBars({ label, groups, most, signed, format = threeDecimals }: SignedBarsProps) {
  return (
    <ul className={classNames('sbars', signed && 'is-signed')} aria-label={label}>
      {groups.flatMap(({ name: group, bars }) => [
        ...(bars.length === 1 && bars[0]?.name === ''
          ? []
          : [
              <li key={`${group}:`} className="sbar-group">
                {group}
              </li>,
            ]),
        ...bars.map(({ name, value }) => (
          <li key={`${group}:${name}:`} className={classNames('sbar', name !== '' && 'is-part')}>
            <span className="name" title={name === '' ? group : name}>
              {name === '' ? group : name}
            </span>{' '}
            <span className="track" aria-hidden="true">
              <i className={classNames(value < 0 && 'is-below')} style={{ '--w': `${shareOf(value, most) * 100}%` }} />
            </span>{' '}
            <span className="v">{format(value)}</span>
          </li>
        )),
      ])}
    </ul>
  );
}

function shareOf(value: number, most: number): number {
  return most > 0 ? Math.min(1, Math.abs(value) / most) : 0;
}

function threeDecimals(value: number): string {
  return decimalText(value, 3);
}
