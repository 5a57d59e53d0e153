import { useState } from 'react';
import { waitingText } from '../../core/dataset/sample-words.ts';
import { isValidated } from '../../core/training/recipe.ts';
import { isBusy } from '../../state/runs.ts';
import {
  type Hyperparameter,
  type Hyperparameters,
  hyperparametersFor,
  type SweepPlan,
  sweepPlans,
  variantsOf,
} from '../../state/sweep.ts';
import { isTrainable } from '../../state/trainable.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { useDraft, useLabStatus, useRunsControl } from '../lab.tsx';
import { useRuling } from '../ruling.tsx';
import { WithTerms } from '../terms.tsx';
import { useEstimate } from './use-estimate.ts';

/** How many runs a sentence names. */
const NAMED = 6;

/** One hyperparameter and the values to try, as typed. */
interface AxisText {
  readonly parameter: Hyperparameter;
  readonly text: string;
}

/** Chooses what to try, and starts it. */
export function SweepForm({ onStarted }: { readonly onStarted: () => void }) {
  const { queue } = useRunsControl();
  const draft = useDraft((state) => state);
  const parameters = hyperparametersFor(draft.dataset);
  const axisOf = (parameter: Hyperparameter) => ({ parameter, text: parameters[parameter].usual });
  const blocked = useBlocked();
  const [first, setFirst] = useState(axisOf('learningRate'));
  const [second, setSecond] = useState<AxisText | null>(null);
  const rows = variantsOf(parameters[first.parameter], first.text);
  const columns = second === null ? [] : variantsOf(parameters[second.parameter], second.text);
  const plans = typeof rows === 'string' || typeof columns === 'string' ? [] : sweepPlans(draft, rows, columns);
  const { allows } = useRuling();
  const forbidden = typeof plans === 'string' ? [] : plans.filter((plan) => !allows(plan.draft));
  const problem = typeof plans === 'string' ? plans : forbiddenText(forbidden);
  const count = typeof plans === 'string' || forbidden.length > 0 ? 0 : plans.length;
  const estimate = useEstimate(blocked === undefined ? plans : []);
  const start = () => {
    if (typeof plans === 'string') return;
    queue.start('sweep', plans);
    onStarted();
  };
  return (
    <>
      <p>
        <WithTerms>
          Trains the draft once for each value, one run after the other, all with the same seed. Choose by validation:
          the test set is not looked at.
        </WithTerms>
      </p>
      <Axis
        label="Try"
        parameters={parameters}
        axis={first}
        other={second?.parameter}
        problem={textOf(rows)}
        onChange={setFirst}
      />
      {second === null ? (
        <Button
          className="sweep-more"
          variant="quiet"
          icon="plus"
          onClick={() => setSecond(axisOf(besides(first.parameter)))}
        >
          Add a second hyperparameter
        </Button>
      ) : (
        <Axis
          label="and"
          parameters={parameters}
          axis={second}
          other={first.parameter}
          problem={textOf(columns)}
          onChange={setSecond}
          onRemove={() => setSecond(null)}
        />
      )}
      {problem !== undefined && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <div className="acts">
        <span className="grow">{estimate}</span>
        <Button variant="primary" icon="play" disabled={count === 0} blocked={blocked} onClick={start}>
          {count === 0 ? 'Train' : `Train ${count} runs`}
        </Button>
      </div>
    </>
  );
}

/** That an assignment does not allow some of the runs, as a sentence. */
function forbiddenText(plans: readonly SweepPlan[]): string | undefined {
  if (plans.length === 0) return undefined;
  const more = plans.length > NAMED ? ` and ${plans.length - NAMED} more` : '';
  const names = plans.slice(0, NAMED).map(({ name }) => name);
  return `The assignment does not allow these runs: ${names.join('; ')}${more}. Choose other values.`;
}

/** What to offer as the second one. */
function besides(parameter: Hyperparameter): Hyperparameter {
  return parameter === 'batchSize' ? 'learningRate' : 'batchSize';
}

function textOf(read: unknown): string | undefined {
  return typeof read === 'string' ? read : undefined;
}

/** Why no sweep can start now, as a sentence. */
function useBlocked(): string | undefined {
  const status = useLabStatus();
  const trainable = useDraft(isTrainable);
  const { recipe, dataset } = useDraft((state) => state);
  if (status === 'loading') return waitingText(dataset);
  if (isBusy(status) || status === 'paused') return 'A run is under way. Let it finish, or reset it first.';
  if (!trainable) return 'The network cannot be trained yet. The red card says what is wrong and how to fix it.';
  if (recipe.validateOn === 'test')
    return `This recipe validates on the test set, and a value must not be chosen by it. Validate on a split of the training ${dataset.words.sample.many}.`;
  return isValidated(recipe)
    ? undefined
    : `Without validation ${dataset.words.sample.many} there is no way to tell which value is best. Set a validation split.`;
}

interface AxisProps {
  readonly label: string;
  readonly parameters: Hyperparameters;
  readonly axis: AxisText;
  /** The hyperparameter that the other axis has. */
  readonly other: Hyperparameter | undefined;
  readonly problem: string | undefined;
  readonly onChange: (axis: AxisText) => void;
  readonly onRemove?: () => void;
}

const PARAMETERS: readonly Hyperparameter[] = [
  'learningRate',
  'batchSize',
  'optimizer',
  'dropout',
  'trainingImages',
  'epochs',
  'weightDecay',
  'labelSmoothing',
  'labelNoise',
  'seed',
];

function Axis({ label, parameters, axis, other, problem, onChange, onRemove }: AxisProps) {
  const choices = PARAMETERS.map((value) => ({
    value,
    label: parameters[value].title,
    disabled: value === other,
  }));
  return (
    <div className="sweep-axis">
      <SelectField
        label={label}
        choices={choices}
        value={axis.parameter}
        onChange={(parameter) => onChange({ parameter, text: parameters[parameter].usual })}
      />
      <Field label="with the values" error={problem}>
        {({ id, describedBy }) => (
          <input
            className="inp"
            id={id}
            aria-describedby={describedBy}
            aria-invalid={problem !== undefined}
            value={axis.text}
            onChange={(event) => onChange({ ...axis, text: event.currentTarget.value })}
          />
        )}
      </Field>
      {onRemove && <Button variant="quiet" icon="x" label="Only one hyperparameter" onClick={onRemove} />}
    </div>
  );
}
