import type { ReactNode } from 'react';
import { classNames } from '../base/class-names.ts';
import { Icon } from '../base/Icon.tsx';
import './notice.css';

/** Props of {@link Notice}. */
export interface NoticeProps {
  /** What happened, in one bold sentence. */
  readonly title: string;
  /** What it means. */
  readonly children?: ReactNode;
  /** A second, smaller line: why, and what else is possible. */
  readonly detail?: ReactNode;
  /** The buttons that resolve it. */
  readonly actions?: ReactNode;
  /** `error` interrupts a reader, `info` waits. */
  readonly tone?: 'error' | 'info';
}

/** A problem that persists, across the column that it concerns. */
export function Notice({ title, children, detail, actions, tone = 'error' }: NoticeProps) {
  const isError = tone === 'error';
  return (
    <div className={classNames('notice', !isError && 'is-info')} role={isError ? 'alert' : 'status'}>
      <Icon name={isError ? 'warn' : 'info'} />
      <p>
        <b>{title}</b> {children}
        {detail && <span>{detail}</span>}
      </p>
      {actions && <div className="acts">{actions}</div>}
    </div>
  );
}

/** A remark beside what it is about, as on an odd drawing. */
export function Hint({ children }: { readonly children: ReactNode }) {
  return (
    <p className="hint">
      <Icon name="info" />
      <span>{children}</span>
    </p>
  );
}
