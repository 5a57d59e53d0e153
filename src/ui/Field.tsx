import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import { Tooltip } from './Tooltip.tsx';
import './field.css';

/** What the label and the control of a field share, so that readers hear them as one. */
export interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
}

/** Props of {@link Field}. */
export interface FieldProps {
  readonly label: string;
  /** One or two sentences on what it does; they become the control's description and a tip on its label. */
  readonly explanation?: string | undefined;
  /** A sentence that says what is wrong and what would be right. */
  readonly error?: string | undefined;
  readonly className?: string | undefined;
  /** Stands at the right end of the label's line. */
  readonly aside?: (ids: FieldIds) => ReactNode;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** A label above a control, with its explanation and its error. One of its two children takes the ids. */
export function Field({ label, explanation, error, className, aside, children }: FieldProps) {
  const id = useId();
  const notes = { [`${id}-about`]: explanation, [`${id}-error`]: error };
  const describedBy = Object.keys(notes).filter((note) => notes[note] !== undefined);
  const ids = { id, describedBy: describedBy.join(' ') || undefined };
  const text = <label htmlFor={id}>{label}</label>;
  return (
    <div className={classNames('field', className)}>
      <div className="lab">
        {explanation === undefined ? text : <Tooltip text={explanation}>{text}</Tooltip>}
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
    </div>
  );
}
