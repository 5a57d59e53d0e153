import type { ReactNode } from 'react';
import { classNames } from '../base/class-names.ts';
import { Field } from './Field.tsx';
import { type NumberText, type NumberTextOptions, useNumberText } from './use-number-text.ts';

/** Props of {@link NumberField}. */
export interface NumberFieldProps extends NumberTextOptions {
  readonly label: string;
  readonly explanation?: string | undefined;
  readonly term?: ReactNode;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A labelled number; see {@link useNumberText} for when it applies. */
export function NumberField(props: NumberFieldProps) {
  const { label, explanation, term, disabled, className } = props;
  const number = useNumberText(props);
  return (
    <Field label={label} explanation={explanation} term={term} error={number.error} className={className}>
      {({ id, describedBy }) => (
        <NumberInput number={number} options={props} id={id} describedBy={describedBy} disabled={disabled} />
      )}
    </Field>
  );
}

interface NumberInputProps {
  readonly number: NumberText;
  readonly options: NumberTextOptions;
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string;
}

/** The input of a number field: a spin button on a text box, so that what was typed stays as it was typed. */
export function NumberInput({ number, options, id, describedBy, disabled, className }: NumberInputProps) {
  return (
    <input
      {...number.input}
      className={classNames('inp', className)}
      id={id}
      type="text"
      role="spinbutton"
      inputMode={options.integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      spellCheck={false}
      value={number.text}
      disabled={disabled}
      aria-valuenow={options.value}
      aria-valuemin={options.min}
      aria-valuemax={options.max}
      aria-valuetext={number.text}
      aria-invalid={number.error !== undefined}
      aria-describedby={describedBy}
    />
  );
}
