import { inputShapeOf } from '../../../core/dataset/spec.ts';
import type { LayerReport } from '../../../core/network/graph.ts';
import type { OptionField } from '../../../core/network/layers/definition.ts';
import { INPUT_ID } from '../../../core/network/network.ts';
import { type Shape, shapeText } from '../../../core/network/shape.ts';
import { SelectField } from '../../../ui/form/SelectField.tsx';
import { useAnalysis } from '../../analysis.ts';
import { optionWidth } from './option-layout.ts';

/** Props of {@link SourceField}: the field belongs to the layer `id`. */
export interface SourceFieldProps {
  readonly id: string;
  readonly field: OptionField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A choice among the Input and the layers before this one, each with its shape. */
export function SourceField({ id, field, value, onChange }: SourceFieldProps) {
  const { layers, dataset } = useAnalysis();
  const place = layers.findIndex(({ spec }) => spec.id === id);
  const choices = [
    { value: INPUT_ID, label: labelOf('Input', inputShapeOf(dataset)) },
    ...layers.slice(0, place).map((report) => ({ value: report.spec.id, label: reportLabel(report) })),
  ];
  const gone = choices.every((choice) => choice.value !== value);
  return (
    <SelectField
      className={optionWidth(field.option)}
      label={field.label}
      explanation={field.explanation}
      choices={gone ? [{ value, label: 'Choose an earlier layer', disabled: true }, ...choices] : choices}
      value={value}
      onChange={onChange}
    />
  );
}

function reportLabel({ name, output, spec }: LayerReport): string {
  return `${labelOf(name, output)}${spec.off ? ', switched off' : ''}`;
}

function labelOf(name: string, output: Shape | null): string {
  return `${name} · ${output === null ? 'no output' : shapeText(output)}`;
}
