import { Icon } from '../../ui/base/Icon.tsx';
import type { Choice } from '../../ui/form/choice.ts';

/** Props of {@link InlineSelect}. */
export interface InlineSelectProps<T> {
  /** For screen readers; what is chosen says the rest. */
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** A select without a visible label, for lists of many. */
export function InlineSelect<T>({ label, choices, value, onChange }: InlineSelectProps<T>) {
  return (
    <span className="selw">
      <select
        className="sel"
        aria-label={label}
        value={choices.findIndex((choice) => choice.value === value)}
        onChange={({ currentTarget }) => {
          const choice = choices[currentTarget.selectedIndex];
          if (choice) onChange(choice.value);
        }}
      >
        {choices.map((choice, index) => (
          <option key={choice.label} value={index}>
            {choice.label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}
