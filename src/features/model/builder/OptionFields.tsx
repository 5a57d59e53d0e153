import type { OptionField } from '../../../core/network/layers/definition.ts';
import { definitionOf, type LayerSpec } from '../../../core/network/layers/registry.ts';
import { NumberField } from '../../../ui/form/NumberField.tsx';
import { SelectField } from '../../../ui/form/SelectField.tsx';
import { Lock, Switch } from '../../../ui/form/Toggle.tsx';
import { Tooltip } from '../../../ui/overlay/Tooltip.tsx';
import { LabelTerm } from '../../terms.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';
import { optionRank, optionWidth } from './option-layout.ts';
import { ShapeField } from './ShapeField.tsx';
import { SourceField } from './SourceField.tsx';

/** The options of a layer as fields, drawn from the descriptions in its definition. */
export function OptionFields({ spec }: { readonly spec: LayerSpec }) {
  const { setOption } = usePanelActions();
  const values = new Map<string, unknown>(Object.entries(spec));
  return definitionOf(spec.kind)
    .fields.filter(({ when }) => when === undefined || values.get(when.option) === when.is)
    .toSorted((a, b) => optionRank(a.option) - optionRank(b.option))
    .map((field) => (
      <Option
        key={field.option}
        id={spec.id}
        field={field}
        value={values.get(field.option)}
        onChange={(value) => setOption(spec.id, field.option, value, field.label.toLowerCase())}
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
  const shared = { label, explanation, className: optionWidth(field.option) };
  switch (field.type) {
    case 'integer':
    case 'number':
      return (
        <NumberField
          {...shared}
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
          {...shared}
          term={field.option === 'activation' ? <ActivationTerm name={String(value)} more={explanation} /> : undefined}
          choices={field.choices.map((choice) => ({ value: choice, label: spaced(choice) }))}
          value={String(value)}
          onChange={onChange}
        />
      );
    case 'switch':
    case 'lock': {
      const Control = field.type === 'lock' ? Lock : Switch;
      return (
        <span className={`${shared.className} option-switch`}>
          <Tooltip text={explanation}>
            <Control on={value === true} description={explanation} onChange={onChange}>
              {label}
            </Control>
          </Tooltip>
        </span>
      );
    }
    case 'shape':
      return <ShapeField field={field} value={Array.isArray(value) ? value : []} onChange={onChange} />;
    case 'layer':
      return <SourceField id={id} field={field} value={String(value)} onChange={onChange} />;
    default:
      return field satisfies never;
  }
}

/** Softmax has an explanation of its own. */
function ActivationTerm({ name, more }: { readonly name: string; readonly more: string }) {
  return <LabelTerm of={name === 'softmax' ? 'Softmax' : 'Activation'} more={more} />;
}

/** A choice as people write it: `heUniform` becomes `he uniform`. */
function spaced(choice: string): string {
  return choice.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
