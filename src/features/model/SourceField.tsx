import type { OptionField } from '../../core/layers/definition.ts';
import { INPUT_ID } from '../../core/network.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useAnalysis } from '../analysis.ts';

/** Props of {@link SourceField}: the field belongs to the layer `id`. */
export interface SourceFieldProps {
  readonly id: string;
  readonly field: OptionField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A choice among the Input and the layers before the one that asks. */
export function SourceField({ id, field, value, onChange }: SourceFieldProps) {
  const { layers } = useAnalysis();
  const before = layers.slice(
    0,
    layers.findIndex(({ spec }) => spec.id === id),
  );
  const choices = [
    { value: INPUT_ID, label: 'Input' },
    ...before.map(({ spec, name }) => ({ value: spec.id, label: name })),
  ];
  return (
    <SelectField
      className="s4"
      label={field.label}
      explanation={field.explanation}
      choices={choices}
      value={value}
      onChange={onChange}
    />
  );
}
