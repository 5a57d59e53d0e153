import { type ReactNode, useId } from 'react';
import { Icon } from '../base/Icon.tsx';
import type { Choice } from './choice.ts';
import './toggle.css';

/** Props of {@link Chip}. */
export interface ChipProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** One of several choices that combine freely; a check mark says that it is on, not colour alone. */
export function Chip({ on, onChange, disabled, children }: ChipProps) {
  return (
    <button type="button" className="chip" aria-pressed={on} disabled={disabled} onClick={() => onChange(!on)}>
      {on && <Icon name="check" />}
      {children}
    </button>
  );
}

/** Props of {@link Switch}. */
export interface SwitchProps extends ChipProps {
  /** What it does, for screen readers; a tooltip shows it to others. */
  readonly description?: string | undefined;
}

/** A setting that is on or off at once. */
export function Switch({ on, onChange, disabled, description, children }: SwitchProps) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={on}
      aria-description={description}
      disabled={disabled}
      onClick={() => onChange(!on)}
    >
      {children}
    </button>
  );
}

/** Keeps something as it is while it is closed. */
export function Lock({ on, onChange, disabled, description, children }: SwitchProps) {
  return (
    <label className="lock">
      <input
        type="checkbox"
        checked={on}
        disabled={disabled}
        aria-description={description}
        onChange={() => onChange(!on)}
      />
      <Icon name="lock" size="sm" />
      {children}
    </label>
  );
}

/** Props of {@link Segmented}. */
export interface SegmentedProps<T> {
  /** Names the group, as `Cells show`. */
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** Two to four choices of which one holds: native radio buttons drawn as one strip. */
export function Segmented<T>({ label, choices, value, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <div className="seg" role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.label}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}
