import { type GoalCondition, MEASURE_WORDS, MEASURES } from '../../core/classroom/goal.ts';
import { MOST } from '../../state/assignment-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { NumberField } from '../../ui/form/NumberField.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import type { FormPartProps } from './form-part.ts';

const DIRECTIONS = [
  { value: 'over', label: 'over' },
  { value: 'under', label: 'under' },
] as const;

/** What a run has to reach. */
export function GoalEditor({ form: { goal }, onChange }: FormPartProps) {
  const set = (at: number, condition: GoalCondition) => onChange({ goal: goal.with(at, condition) });
  const add = () => {
    const isFirst = goal.length === 0;
    const next: GoalCondition = isFirst
      ? { measure: 'validationAccuracy', is: 'over', bound: 0.88 }
      : { measure: 'parameters', is: 'under', bound: 100_000 };
    onChange({ goal: [...goal, next] });
  };
  return (
    <section>
      <h4>The goal</h4>
      {goal.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name of their own.
        <div className="assignment-condition" key={at}>
          <Condition condition={condition} at={at} onChange={(next) => set(at, next)} />
          <Button
            variant="quiet"
            icon="x"
            label={`Remove condition ${at + 1}`}
            onClick={() => onChange({ goal: goal.toSpliced(at, 1) })}
          />
        </div>
      ))}
      <Button variant="outline" size="sm" disabled={goal.length >= MOST.conditions} onClick={add}>
        Add a condition
      </Button>
    </section>
  );
}

interface ConditionProps {
  readonly condition: GoalCondition;
  readonly at: number;
  readonly onChange: (condition: GoalCondition) => void;
}

function Condition({ condition, at, onChange }: ConditionProps) {
  const { scale, unit } = MEASURE_WORDS[condition.measure];
  const name = `Condition ${at + 1}`;
  return (
    <>
      <SelectField
        label={name}
        choices={MEASURES.map((value) => ({ value, label: MEASURE_WORDS[value].title }))}
        value={condition.measure}
        onChange={(measure) => onChange({ ...condition, measure })}
      />
      <SelectField
        label={`${name} is`}
        choices={DIRECTIONS}
        value={condition.is}
        onChange={(is) => onChange({ ...condition, is })}
      />
      <NumberField
        label={unit === '' ? `${name}: bound` : `${name}: bound (${unit})`}
        min={-1e9}
        max={1e9}
        value={Number((condition.bound * scale).toPrecision(12))}
        onChange={(bound) => onChange({ ...condition, bound: bound / scale })}
      />
    </>
  );
}
