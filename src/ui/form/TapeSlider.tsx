import type { ReactNode } from 'react';
import type { Scale } from '../base/scale.ts';
import { Field, type FieldIds } from './Field.tsx';
import { NumberInput } from './NumberField.tsx';
import { Slider, type Tick } from './Slider.tsx';
import { type NumberTextOptions, useNumberText } from './use-number-text.ts';

/** Props of {@link TapeSlider}. */
export interface TapeSliderProps extends NumberTextOptions {
  readonly label: string;
  readonly kind: Scale['kind'];
  readonly ticks: readonly Tick[];
  /** The range of usual values that the tape shows; all that the field accepts if left out. */
  readonly usual?: { readonly min: number; readonly max: number } | undefined;
  /** How much data has arrived; darker on the track. */
  readonly buffered?: number | undefined;
  /** Turns a place on the track into a sensible value; two significant digits when left out. */
  readonly snap?: ((value: number) => number) | undefined;
  readonly explanation?: string | undefined;
  readonly term?: ReactNode;
  /** Stands before the number. */
  readonly tool?: ReactNode;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

/**
 * A number that is dragged or typed. The typed number carries the label and the arrow keys; the tape under it sets the
 * same value by pointer, and is hidden from screen readers, which would otherwise find every setting twice.
 */
export function TapeSlider(props: TapeSliderProps) {
  const { label, kind, min, max, usual = { min, max }, explanation, term, tool, className, disabled } = props;
  const number = useNumberText(props);
  const field = (ids: FieldIds) => (
    <>
      {tool}
      <NumberInput className="tape-value" number={number} options={props} {...ids} disabled={disabled} />
    </>
  );
  return (
    <Field label={label} explanation={explanation} term={term} error={number.error} className={className} aside={field}>
      {() => <Slider {...props} scale={{ kind, ...usual }} decorative />}
    </Field>
  );
}
