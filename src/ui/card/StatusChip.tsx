import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../base/class-names.ts';
import { Icon, type IconName } from '../base/Icon.tsx';
import './status-chip.css';

/** Props of {@link StatusChip}; what a native button takes is passed on. */
export interface StatusChipProps extends Omit<ComponentProps<'button'>, 'type' | 'title'> {
  readonly icon: IconName;
  /** Read out before the title: what the chip is, where that does not show. */
  readonly hint?: string;
  /** In bold: what it is about, as the title of a data set or `WebGL`. */
  readonly title: string;
  /** After the title, as `1,000` or `· Apple M2`. */
  readonly detail?: string | undefined;
  /** From 0 to 1, drawn as a bar. */
  readonly progress?: number | undefined;
  /** After the bar, as `34 of 60 shards`. */
  readonly progressText?: string | undefined;
  readonly tone?: 'plain' | 'error';
}

/** The state of the data set or of the backend, in the header: a button if it opens something. */
export function StatusChip(props: StatusChipProps) {
  const { icon, hint, title, detail, progress, progressText, tone = 'plain', className, ...rest } = props;
  const classes = classNames('stat', tone === 'error' && 'stat-error', className);
  const content: ReactNode = (
    <>
      <Icon name={icon} size="sm" />
      <span>
        {hint !== undefined && <span className="vh">{hint}: </span>}
        <b>{title}</b> {detail}
      </span>
      {progress !== undefined && <ProgressBar share={progress} />}
      {progressText !== undefined && <span className="num stat-text">{progressText}</span>}
    </>
  );
  if (!rest.onClick) return <span className={classes}>{content}</span>;
  return (
    <button {...rest} type="button" className={classes}>
      {content}
    </button>
  );
}

function ProgressBar({ share }: { readonly share: number }) {
  return (
    <span className="stat-bar" aria-hidden="true">
      <i style={{ width: `${share * 100}%` }} />
    </span>
  );
}
