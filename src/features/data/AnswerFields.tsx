import { answerOf, canBeAnswer, MOST_CLASSES, withRole } from '../../core/dataset/table-choices.ts';
import type { ColumnSurvey, TableChoices } from '../../core/dataset/table-reading.ts';
import { NumberField } from '../../ui/form/NumberField.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';

/** Props of {@link AnswerFields}. */
export interface AnswerFieldsProps {
  readonly choices: TableChoices;
  readonly columns: readonly ColumnSurvey[];
  readonly onChange: (choices: TableChoices) => void;
}

/** Which column the classes come from; of numbers, whether each is a class or they are divided in two. */
export function AnswerFields({ choices, columns, onChange }: AnswerFieldsProps) {
  const { column, threshold } = choices.answer;
  const survey = columns[column];
  const possible = columns.flatMap((each, at) =>
    at === column || canBeAnswer(each) ? [{ value: at, label: each.name }] : [],
  );
  const numbers = survey?.numbers ?? null;
  const cut = (next: number | null) => onChange({ ...choices, answer: { column, threshold: next } });
  return (
    <>
      <SelectField
        label="Answer"
        explanation="The column that the network is to predict. Rows without an answer are dropped."
        choices={possible}
        value={column}
        onChange={(next) => onChange(withRole(choices, columns, next, 'answer'))}
      />
      {survey !== undefined && numbers !== null && (
        <>
          <SelectField
            label="Classes"
            choices={[
              {
                value: false,
                label: 'Each number is a class',
                disabled: (survey.distinct ?? MOST_CLASSES + 1) > MOST_CLASSES,
              },
              { value: true, label: 'Two, divided at a number' },
            ]}
            value={threshold !== null}
            onChange={(isCut) => cut(isCut ? (numbers.median ?? answerOf(survey, column).threshold) : null)}
          />
          {threshold !== null && (
            <NumberField
              label="Divided at"
              explanation="Smaller numbers are the first class; this number and larger ones are the second."
              value={threshold}
              onChange={cut}
              min={numbers.least}
              max={numbers.most}
            />
          )}
        </>
      )}
    </>
  );
}
