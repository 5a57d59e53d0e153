import { type ChangeEvent, type ComponentProps, type KeyboardEvent, useEffect, useEffectEvent, useState } from 'react';
import { type NumberLimits, type NumberSteps, readNumber, stepNumber } from './number.ts';

const PAUSE_MS = 400;

/** What {@link useNumberText} needs: the value, its limits and steps, and how to write it. */
export interface NumberTextOptions extends NumberLimits, NumberSteps {
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** Writes the value while nobody is typing; plain digits when left out. */
  readonly format?: ((value: number) => string) | undefined;
}

/** What {@link useNumberText} gives: the text to show, its error, and the handlers of the input. */
export interface NumberText {
  readonly text: string;
  readonly error: string | undefined;
  readonly input: Pick<ComponentProps<'input'>, 'onChange' | 'onBlur' | 'onKeyDown'>;
}

/** What is being typed, the value that it started from, and what is wrong with it. */
interface Draft {
  readonly text: string;
  readonly from: number;
  readonly error?: string;
}

/**
 * The text of a number field. It applies on Enter, on blur and after a pause of 400 ms, keeps what was typed while that
 * is invalid, discards it on Escape, and is replaced when the value is set from elsewhere.
 */
export function useNumberText(options: NumberTextOptions): NumberText {
  const { value, onChange, format = String } = options;
  const [draft, setDraft] = useState<Draft>();
  const current = draft?.from === value ? draft : undefined;
  const apply = (text: string, { keep }: { keep: boolean }) => {
    const reading = readNumber(text, options);
    if ('error' in reading) return setDraft({ text, from: value, error: reading.error });
    setDraft(keep ? { text, from: reading.value } : undefined);
    if (reading.value !== value) onChange(reading.value);
  };
  const typed = current?.error === undefined ? current?.text : undefined;
  const onPause = useEffectEvent((text: string) => apply(text, { keep: true }));
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(() => onPause(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Enter') apply(event.currentTarget.value, { keep: false });
    else if (event.key === 'Escape') setDraft(undefined);
    else if (direction === 1 || direction === -1) {
      event.preventDefault();
      const reading = readNumber(event.currentTarget.value, options);
      const next = stepNumber('value' in reading ? reading.value : value, direction, event.shiftKey, options);
      apply(String(next), { keep: false });
    }
  };
  return {
    text: current?.text ?? format(value),
    error: current?.error,
    input: {
      onChange: (event: ChangeEvent<HTMLInputElement>) => setDraft({ text: event.currentTarget.value, from: value }),
      onBlur: () => current && apply(current.text, { keep: false }),
      onKeyDown,
    },
  };
}
