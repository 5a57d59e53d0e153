import { pointsText } from '../../core/text/number-text.ts';
import { classNames } from '../base/class-names.ts';
import { heatLayout } from './heat-layout.ts';
import './heat-map.css';
import './diff-map.css';

/** Props of {@link DiffMap}. */
export interface DiffMapProps {
  /** Names the table: `Run 2 minus run 1`. */
  readonly label: string;
  readonly classes: readonly string[];
  /** Differences of shares of each true class, from -1 to 1: [classes][classes]. */
  readonly values: readonly (readonly number[])[];
}

/** Smaller differences are left blank: below half a point a figure would read as 0. */
const LEAST = 0.005;
/** The colour strength of the largest difference, in percent, so that the figure on it can be read. */
const FULL = 70;

/**
 * How two confusion matrices differ: in the colour velvet where the first has more, in teal where it has less. Of very many
 * classes, cells are too small for their figures, which are told when one is pointed at.
 */
export function DiffMap({ label, classes, values }: DiffMapProps) {
  const most = Math.max(LEAST, ...values.flat().map(Math.abs));
  const { className, style, scrolls, isSmall } = heatLayout(classes);
  const table = (
    <table className={classNames(className, 'diff-map')} style={style} aria-label={label}>
      <thead>
        <tr>
          <td>
            true ↓<br />
            predicted →
          </td>
          {classes.map((name) => (
            <th key={name} scope="col">
              <span>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map((row, truth) => (
          <tr key={classes[truth]}>
            <th scope="row">{classes[truth]}</th>
            {row.map((value, predicted) => (
              <td
                key={classes[predicted]}
                className={truth === predicted ? 'right' : undefined}
                style={{ '--bg': colour(value / most) }}
                title={
                  isSmall && textOf(value) !== ''
                    ? `${classes[truth]} as ${classes[predicted]}: ${textOf(value)}`
                    : undefined
                }
              >
                {isSmall && textOf(value) !== '' ? <span className="vh">{textOf(value)}</span> : textOf(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <>
      {scrolls ? <div className="heat-scroll scroll">{table}</div> : table}
      <p className="legend">
        <i className="ramp diff-ramp" />
        fewer to more, up to {pointsText(most)}; the diagonal counts right answers
      </p>
    </>
  );
}

function textOf(value: number): string {
  if (Math.abs(value) < LEAST) return '';
  return `${value > 0 ? '+' : '−'}${Math.round(Math.abs(value) * 100)}`;
}

function colour(share: number): string {
  const strength = Math.round(FULL * Math.min(1, Math.abs(share)));
  return `color-mix(in oklab, var(--div-${share < 0 ? 'neg' : 'pos'}) ${strength}%, var(--surface))`;
}
