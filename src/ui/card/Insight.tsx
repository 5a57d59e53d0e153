import { type ReactNode, useId } from 'react';
import { classNames } from '../base/class-names.ts';
import { Icon, type IconName } from '../base/Icon.tsx';
import './insight.css';

/** What the curves mean: nothing yet, still learning, fits well, overfitting, or blown up. */
export type InsightTone = 'none' | 'learning' | 'good' | 'overfitting' | 'broken';

/** Props of {@link Insight}. */
export interface InsightProps {
  readonly tone: InsightTone;
  /** In bold, with its colon: `Overfitting since epoch 7:`. */
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** The one or two small outline buttons that would help. */
  readonly actions?: ReactNode;
}

const ICONS: Record<Exclude<InsightTone, 'overfitting'>, IconName> = {
  none: 'info',
  learning: 'curve',
  good: 'check',
  broken: 'warn',
};

/** The verdict under the charts, in a sentence and with the buttons that act on it. */
export function Insight({ tone, title, children, actions }: InsightProps) {
  return (
    <div className={classNames('insight', tone !== 'overfitting' && `is-${tone}`)}>
      {tone === 'overfitting' ? (
        <Swatch />
      ) : (
        <span className="state">
          <Icon name={ICONS[tone]} />
        </span>
      )}
      <p>
        <b>{title}</b> {children}
      </p>
      <div className="acts">{actions}</div>
    </div>
  );
}

/** Two lines that diverge, with the gap hatched as in the charts. */
function Swatch() {
  const hatch = useId();
  const gap = 'M1 15C9 8 18 4 29 2V33C19 28 10 22 1 18z';
  return (
    <svg className="insight-swatch" viewBox="0 0 30 40" aria-hidden="true">
      <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0v6" stroke="var(--gap-hatch)" />
      </pattern>
      <path d={gap} fill="var(--gap)" />
      <path d={gap} fill={`url(#${hatch})`} />
      <path d="M1 15C9 8 18 4 29 2" fill="none" stroke="var(--train)" strokeWidth="2" />
      <path d="M1 18C10 22 19 28 29 33" fill="none" stroke="var(--val)" strokeWidth="2" />
    </svg>
  );
}
