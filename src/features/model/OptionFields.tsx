import type { OptionField } from '../../core/layers/definition.ts';
import { definitionOf, type LayerSpec } from '../../core/layers/registry.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { Switch } from '../../ui/Toggle.tsx';
import { useLab } from '../lab.tsx';
import { ShapeField } from './ShapeField.tsx';
import { SourceField } from './SourceField.tsx';

/** The options of a layer as fields, drawn from the descriptions in its definition. */
export function OptionFields({ spec }: { readonly spec: LayerSpec }) {
  const { draft } = useLab();
  const { fields, title } = definitionOf(spec.kind);
  const values = new Map<string, unknown>(Object.entries(spec));
  const shown = fields.filter(({ when }) => when === undefined || values.get(when.option) === when.is);
  return shown.map((field) => (
    <Option
      key={field.option}
      id={spec.id}
      field={field}
      value={values.get(field.option)}
      onChange={(value) =>
        draft.edit(
          [{ type: 'setOptions', id: spec.id, values: { [field.option]: value } }],
          `change ${title} ${field.label.toLowerCase()}`,
        )
      }
    />
  ));
}

interface OptionProps {
  readonly id: string;
  readonly field: OptionField;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function Option({ id, field, value, onChange }: OptionProps) {
  const { label, explanation } = field;
  switch (field.type) {
    case 'integer':
    case 'number':
      return (
        <NumberField
          className="s3"
          label={label}
          explanation={explanation}
          value={Number(value)}
          min={field.min}
          max={field.max}
          integer={field.type === 'integer'}
          steps={field.steps}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <SelectField
          className="s4"
          label={label}
          explanation={explanation}
          choices={field.choices.map((choice) => ({ value: choice, label: spaced(choice) }))}
          value={String(value)}
          onChange={onChange}
        />
      );
    case 'switch':
      return (
        <span className="s3 option-switch">
          <Switch on={value === true} onChange={onChange}>
            {label}
          </Switch>
        </span>
      );
    case 'shape':
      return <ShapeField field={field} value={Array.isArray(value) ? value : []} onChange={onChange} />;
    case 'layer':
      return <SourceField id={id} field={field} value={String(value)} onChange={onChange} />;
    default:
      return field satisfies never;
  }
}

/** A choice as people write it: `heUniform` becomes `he uniform`. */
function spaced(choice: string): string {
  return choice.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
