import { type Role, roleOf, withFeature, withRole } from '../../core/dataset/table-choices.ts';
import type { ColumnSurvey, FeatureChoice, FeaturePreview, TableChoices } from '../../core/dataset/table-reading.ts';
import { countText, percentText } from '../../core/text/number-text.ts';
import { classNames } from '../../ui/base/class-names.ts';
import type { Choice } from '../../ui/form/choice.ts';
import { ColumnPlot } from './ColumnPlot.tsx';
import { InlineSelect } from './InlineSelect.tsx';

/** Props of {@link TableColumn}. */
export interface TableColumnProps {
  readonly survey: ColumnSurvey;
  /** Its place in the table. */
  readonly column: number;
  readonly rows: number;
  readonly columns: readonly ColumnSurvey[];
  readonly choices: TableChoices;
  /** What becomes of it; undefined where it is not seen, or not known yet. */
  readonly preview: FeaturePreview | undefined;
  readonly onChange: (choices: TableChoices) => void;
}

const ROLES: readonly Choice<Role>[] = [
  { value: 'feature', label: 'Feature' },
  { value: 'answer', label: 'Answer' },
  { value: 'ignored', label: 'Ignored' },
];

const TYPES: { readonly [Type in ColumnSurvey['type']]: string } = {
  number: 'numbers',
  category: 'categories',
  date: 'dates',
  text: 'text',
  id: 'numbering',
};

/** A column: what it holds, what it is to the network, and what its first cells become. */
export function TableColumn({ survey, column, rows, columns, choices, preview, onChange }: TableColumnProps) {
  const { name, type, missing, distinct, objection } = survey;
  const role = roleOf(choices, column);
  const feature = choices.features.find((each) => each.column === column);
  const facts = [
    TYPES[type],
    type === 'number' || distinct === null ? null : `${countText(distinct)} different`,
    missing === 0 ? null : `${percentText(missing / rows)} missing`,
  ];
  return (
    <li className={classNames('table-column', `is-${role}`)}>
      <div className="column-name">
        <b title={name}>{name}</b>
        <span className="muted">{facts.filter((fact) => fact !== null).join(' · ')}</span>
      </div>
      <ColumnPlot survey={survey} />
      <div className="column-choices">
        <InlineSelect
          label={`Role of ${name}`}
          choices={ROLES}
          value={role}
          onChange={(next) => onChange(withRole(choices, columns, column, next))}
        />
        {feature && (
          <Treatment
            feature={feature}
            survey={survey}
            onChange={(changed) => onChange(withFeature(choices, changed))}
          />
        )}
      </div>
      <div className="column-result">
        {role === 'ignored' && objection !== null && <p className="muted">{objection}</p>}
        {preview && role === 'feature' && <Becomes preview={preview} />}
      </div>
    </li>
  );
}

const SCALES: readonly Choice<boolean>[] = [
  { value: true, label: 'Standardised' },
  { value: false, label: 'As it is' },
];

const NUMBERS: readonly Choice<'mean' | 'median' | 'drop'>[] = [
  { value: 'mean', label: 'Missing: mean' },
  { value: 'median', label: 'Missing: median' },
  { value: 'drop', label: 'Missing: drop row' },
];

const CATEGORIES: readonly Choice<'frequent' | 'own' | 'drop'>[] = [
  { value: 'frequent', label: 'Missing: most frequent' },
  { value: 'own', label: 'Missing: own category' },
  { value: 'drop', label: 'Missing: drop row' },
];

interface TreatmentProps {
  readonly feature: FeatureChoice;
  readonly survey: ColumnSurvey;
  readonly onChange: (feature: FeatureChoice) => void;
}

function Treatment({ feature, survey: { name, missing }, onChange }: TreatmentProps) {
  if (feature.as === 'category') {
    if (missing === 0) return null;
    return (
      <InlineSelect
        label={`Missing ${name}`}
        choices={CATEGORIES}
        value={feature.missing}
        onChange={(next) => onChange({ ...feature, missing: next })}
      />
    );
  }
  return (
    <>
      <InlineSelect
        label={`Scale of ${name}`}
        choices={SCALES}
        value={feature.standardise}
        onChange={(standardise) => onChange({ ...feature, standardise })}
      />
      {missing > 0 && (
        <InlineSelect
          label={`Missing ${name}`}
          choices={NUMBERS}
          value={feature.missing}
          onChange={(next) => onChange({ ...feature, missing: next })}
        />
      )}
    </>
  );
}

/** The first cells before and after, and the rule. */
function Becomes({ preview: { values, rule, examples } }: { readonly preview: FeaturePreview }) {
  const [first] = examples;
  return (
    <p title={examples.map(({ before, after }) => `${before} → ${after}`).join('\n')}>
      {first && (
        <span className="column-example">
          {first.before} <span className="muted">→</span> {first.after}
        </span>
      )}{' '}
      <span className="muted">
        {first && '· '}
        {values > 1 && `${countText(values)} values: `}
        {rule}
      </span>
    </p>
  );
}
