import { type ReactNode, useId, useRef } from 'react';
import { classNames } from '../base/class-names.ts';
import { FloatingTip } from '../overlay/Tooltip.tsx';
import { useTip } from '../overlay/use-tip.ts';
import './field.css';

/** What the label and the control of a field share, so that screen readers treat them as one. */
export interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
}

/** Props of {@link Field}. */
export interface FieldProps {
  readonly label: string;
  /** One or two sentences on what it does: the control's description, and a tip on its label and while it has the focus. */
  readonly explanation?: string | undefined;
  /** Lies over the label and explains its word; it then gives the explanation, too. */
  readonly term?: ReactNode;
  /** A sentence that says what is wrong and what would be right. */
  readonly error?: string | undefined;
  readonly className?: string | undefined;
  /** Stands at the right end of the label's line. */
  readonly aside?: (ids: FieldIds) => ReactNode;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** A label above a control, with its explanation and its error. One of its two children takes the ids. */
export function Field({ label, explanation, term, error, className, aside, children }: FieldProps) {
  const id = useId();
  const heading = useRef<HTMLLabelElement>(null);
  const { anchor, showSoon, hide } = useTip();
  const notes = { [`${id}-about`]: explanation, [`${id}-error`]: error };
  const describedBy = Object.keys(notes).filter((note) => notes[note] !== undefined);
  const ids = { id, describedBy: describedBy.join(' ') || undefined };
  const explain = () => explanation !== undefined && showSoon(heading.current);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for its control's focus.
    <div
      className={classNames('field', className)}
      onFocus={({ target }) => target.id === id && explain()}
      onBlur={hide}
      onKeyDown={hide}
      onPointerDown={hide}
    >
      <div className="lab">
        <span className={classNames(term !== undefined && 'term-host')}>
          <label htmlFor={id} ref={heading} onPointerEnter={explain} onPointerLeave={hide}>
            {label}
          </label>
          {term}
        </span>
        {aside?.(ids)}
      </div>
      {children(ids)}
      {explanation !== undefined && (
        <span className="vh" id={`${id}-about`}>
          {explanation}
        </span>
      )}
      {error !== undefined && (
        <span className="field-error" id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
      {anchor && <FloatingTip anchor={anchor}>{explanation}</FloatingTip>}
    </div>
  );
}
