import { NETWORK_SET } from '../../core/classroom/network-rule.ts';
import type { Rules } from '../../core/classroom/rules.ts';
import { numberText } from '../../core/text/number-text.ts';
import type { RecipeField, RecipeFields } from '../../core/training/recipe-fields.ts';
import { keepsTo, type SetRules } from '../../state/field-rules.ts';
import { type RuledProps, type Ruling, useRuling } from '../ruling.tsx';
import './ruled.css';

/** What the rules of an assignment make of the network and of the fields of the recipe. */
export function rulingOf(set: SetRules): Ruling {
  const { rules, network, start } = set;
  const epochs = rules.get('epochs');
  const setEpochs = epochs === undefined ? Number.POSITIVE_INFINITY : start.recipe.epochs;
  return {
    rules,
    Field: RuledField,
    limited: (fields) => limitedFields(fields, rules),
    mostEpochs: epochs?.kind === 'limited' ? epochs.max : setEpochs,
    networkNote: network.kind === 'locked' ? NETWORK_SET : null,
    allows: (setup) => keepsTo(setup, set),
  };
}

/** A field, in its place of the form: out of use and with a note, with its limits below it, or an empty place. */
function RuledField({ of, children }: RuledProps) {
  const rule = useRuling().rules.get(of);
  if (rule === undefined) return children;
  if (rule.kind === 'hidden') return <span className="ruled" />;
  if (rule.kind === 'limited')
    return (
      <div className="ruled">
        {children}
        <small>
          Allowed: {numberText(rule.min)} to {numberText(rule.max)}
        </small>
      </div>
    );
  return (
    <fieldset className="ruled" disabled>
      {children}
      <small>Set by the assignment</small>
    </fieldset>
  );
}

function limitedFields(fields: RecipeFields, rules: Rules): RecipeFields {
  const narrow = (field: RecipeField): RecipeField => {
    const rule = [...rules].find(([name]) => name === field.option)?.[1];
    if (rule?.kind !== 'limited') return field;
    const [min, max] = [Math.max(field.min, rule.min), Math.min(field.max, rule.max)];
    return { ...field, min, max, steps: field.steps.filter((step) => step >= min && step <= max) };
  };
  return {
    ...fields,
    learningRate: narrow(fields.learningRate),
    epochs: narrow(fields.epochs),
    trainingImages: narrow(fields.trainingImages),
    batchSize: narrow(fields.batchSize),
    weightDecay: narrow(fields.weightDecay),
    labelSmoothing: narrow(fields.labelSmoothing),
    labelNoise: narrow(fields.labelNoise),
  };
}
