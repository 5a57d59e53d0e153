import type { OptionField } from '../../core/network/layers/definition.ts';
import type { NumericField } from '../../core/network/numeric-field.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import { NumberField } from '../../ui/form/NumberField.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { useDraft, useLab } from '../lab.tsx';
import { LabelTerm } from '../terms.tsx';

/** The draft's recipe. */
export function useRecipe(): Recipe {
  return useDraft((draft) => draft.recipe);
}

/** Changes the draft's recipe; `what` names the change for Undo, and joins changes of the same thing. */
export function useRecipeSetter(): (values: Partial<Recipe>, what: string) => void {
  const { draft } = useLab();
  return (values, what) => draft.setRecipe(values, `change ${what.toLowerCase()}`);
}

/** What the glossary has about a setting. */
const TERMS: Readonly<Record<string, string>> = {
  learningRate: 'Learning rate',
  epochs: 'Epoch',
  batchSize: 'Batch',
  validationSplit: 'Validation set',
  clipNorm: 'Gradient',
  patience: 'Early stopping',
};

/** The props of a field that are about its label. */
export function labelProps({ option, label, explanation }: NumericField) {
  const of = TERMS[option];
  return { label, explanation, ...(of && { term: <LabelTerm of={of} more={explanation} /> }) };
}

/** The props of a number field that come from its description. */
export function fieldProps(field: NumericField) {
  const { min, max, steps, type } = field;
  return { ...labelProps(field), min, max, steps, integer: type === 'integer' };
}

/** Props of {@link OptionFields}. */
export interface OptionFieldsProps<Options extends object> {
  readonly fields: readonly (NumericField | OptionField)[];
  readonly options: Options;
  readonly onChange: (options: Options, label: string) => void;
}

/** The options of an optimizer, a schedule or the augmentation, a field for each. */
export function OptionFields<Options extends object>({ fields, options, onChange }: OptionFieldsProps<Options>) {
  const values = new Map<string, unknown>(Object.entries(options));
  return fields.map((field) => {
    const change = (value: unknown) => onChange({ ...options, [field.option]: value }, field.label);
    if (field.type === 'switch') {
      return (
        <Switch key={field.option} on={values.get(field.option) === true} onChange={change}>
          {field.label}
        </Switch>
      );
    }
    if (!('min' in field)) return null;
    const { option, label, explanation, min, max, steps } = field;
    return (
      <NumberField
        key={option}
        label={label}
        explanation={explanation}
        min={min}
        max={max}
        steps={steps}
        integer={field.type === 'integer'}
        value={Number(values.get(option))}
        onChange={change}
      />
    );
  });
}
