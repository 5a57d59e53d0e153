import { fieldTitle, isLimited, type LimitedField, RULED_FIELDS, type Rule } from '../../core/classroom/rules.ts';
import { weightDecayOf } from '../../core/training/recipe.ts';
import { recipeFields } from '../../core/training/recipe-fields.ts';
import { NumberInput } from '../../ui/form/NumberField.tsx';
import { type NumberTextOptions, useNumberText } from '../../ui/form/use-number-text.ts';
import { useDatasetSpec, useDraft } from '../lab.tsx';
import type { FormPartProps } from './form-part.ts';

const KINDS = [
  ['free', 'free'],
  ['locked', 'locked'],
  ['hidden', 'hidden'],
  ['limited', 'limited'],
] as const;

/** Which fields of the recipe students can change, and how far. */
export function RulesEditor({ form, onChange }: FormPartProps) {
  const dataset = useDatasetSpec();
  const recipe = useDraft((draft) => draft.recipe);
  const set = (field: (typeof RULED_FIELDS)[number], rule: Rule | undefined) => {
    const others = [...form.rules].filter(([name]) => name !== field);
    onChange({ rules: new Map(rule === undefined ? others : [...others, [field, rule]]) });
  };
  const usual = (field: LimitedField): Rule => {
    const value = field === 'weightDecay' ? weightDecayOf(recipe) : recipe[field];
    return { kind: 'limited', min: recipeFields(dataset)[field].min, max: value };
  };
  return (
    <section>
      <h4>The recipe</h4>
      <p className="muted">
        It begins as your draft is now. What is locked stays so; what is hidden, too, and no summary shows it.
      </p>
      <ul className="assignment-rules">
        {RULED_FIELDS.map((field) => {
          const rule = form.rules.get(field);
          const title = fieldTitle(field, dataset);
          return (
            <li key={field}>
              <div className="assignment-rule">
                <label htmlFor={`rule-${field}`}>{title}</label>
                <select
                  id={`rule-${field}`}
                  className="sel"
                  value={rule?.kind ?? 'free'}
                  onChange={({ currentTarget: { value } }) => set(field, ruleOf(value, field, usual))}
                >
                  {KINDS.filter(([kind]) => kind !== 'limited' || isLimited(field)).map(([kind, word]) => (
                    <option key={kind} value={kind}>
                      {word}
                    </option>
                  ))}
                </select>
              </div>
              {rule?.kind === 'limited' && isLimited(field) && (
                <span className="assignment-limits">
                  <Limit
                    label={`${title}: smallest`}
                    field={field}
                    value={rule.min}
                    onChange={(min) => set(field, { ...rule, min })}
                  />
                  to
                  <Limit
                    label={`${title}: largest`}
                    field={field}
                    value={rule.max}
                    onChange={(max) => set(field, { ...rule, max })}
                  />
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function ruleOf(
  kind: string,
  field: (typeof RULED_FIELDS)[number],
  usual: (field: LimitedField) => Rule,
): Rule | undefined {
  if (kind === 'locked' || kind === 'hidden') return { kind };
  return kind === 'limited' && isLimited(field) ? usual(field) : undefined;
}

interface LimitProps {
  readonly label: string;
  readonly field: LimitedField;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Limit({ label, field, value, onChange }: LimitProps) {
  const { min, max, steps, type } = recipeFields(useDatasetSpec())[field];
  const options: NumberTextOptions = { value, onChange, min, max, steps, integer: type === 'integer' };
  const number = useNumberText(options);
  const id = `limit-${label}`;
  return (
    <span>
      <label className="vh" htmlFor={id}>
        {label}
      </label>
      <NumberInput id={id} number={number} options={options} describedBy={undefined} />
      {number.error !== undefined && (
        <span className="field-error" role="alert">
          {number.error}
        </span>
      )}
    </span>
  );
}
