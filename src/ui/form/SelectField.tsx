import type { ChangeEvent, ReactNode } from 'react';
import { Icon } from '../base/Icon.tsx';
import type { Choice } from './choice.ts';
import { Field } from './Field.tsx';

/** Props of {@link SelectField}. */
export interface SelectFieldProps<T> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly explanation?: string | undefined;
  readonly term?: ReactNode;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A native select with a label above it. */
export function SelectField<T>({ label, choices, value, onChange, disabled, ...field }: SelectFieldProps<T>) {
  const selected = choices.findIndex((choice) => choice.value === value);
  const choose = (event: ChangeEvent<HTMLSelectElement>) => {
    const choice = choices[event.currentTarget.selectedIndex];
    if (choice) onChange(choice.value);
  };
  return (
    <Field label={label} {...field}>
      {({ id, describedBy }) => (
        <span className="selw">
          <select
            className="sel"
            id={id}
            aria-describedby={describedBy}
            disabled={disabled}
            value={selected}
            onChange={choose}
          >
            {choices.map((choice, index) => (
              <option key={choice.label} value={index} disabled={choice.disabled}>
                {choice.label}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
      )}
    </Field>
  );
}
