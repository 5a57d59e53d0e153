import { type KeyboardEvent, useState } from 'react';
import type { OptionField } from '../../../core/network/layers/definition.ts';
import { fieldProblem } from '../../../core/network/options.ts';
import { parseShape, type Shape, shapeText } from '../../../core/network/shape.ts';
import { Field } from '../../../ui/form/Field.tsx';
import { optionWidth } from './option-layout.ts';

/** Props of {@link ShapeField}. */
export interface ShapeFieldProps {
  readonly field: OptionField;
  readonly value: Shape;
  readonly onChange: (value: Shape) => void;
}

/** A shape as text, such as `12×16`. Applies on Enter and on blur; Escape gives up what was typed. */
export function ShapeField({ field, value, onChange }: ShapeFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const error = draft === null ? null : fieldProblem(field, parseShape(draft));
  const apply = () => {
    const shape = draft === null ? null : parseShape(draft);
    if (shape === null || error !== null) return;
    setDraft(null);
    onChange(shape);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') apply();
    if (key === 'Escape') setDraft(null);
  };
  return (
    <Field
      className={optionWidth(field.option)}
      label={field.label}
      explanation={field.explanation}
      error={error ?? undefined}
    >
      {({ id, describedBy }) => (
        <input
          className="inp"
          id={id}
          autoComplete="off"
          spellCheck={false}
          value={draft ?? shapeText(value)}
          aria-invalid={error !== null}
          aria-describedby={describedBy}
          onChange={({ currentTarget }) => setDraft(currentTarget.value)}
          onBlur={apply}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  );
}
