import { useState } from 'react';
import type { TableChoices, TableSurvey } from '../../core/dataset/table-reading.ts';
import { countOf } from '../../core/text/nouns.ts';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { AnswerFields } from './AnswerFields.tsx';
import { LeftOutList } from './LeftOutList.tsx';
import { DivisionFields, OpenButton, TitleField } from './StepFields.tsx';
import type { StepsProps } from './steps-props.ts';
import { TableColumns } from './TableColumns.tsx';
import { TableResult } from './TableResult.tsx';
import './table-steps.css';
import { useTablePreview } from './use-table-preview.ts';

const ROW = { one: 'row', many: 'rows' };
const COLUMN = { one: 'column', many: 'columns' };

/** What the rows of a table become: which columns a network sees and how, which one it answers, what is tested on. */
export function TableSteps({ survey, refusal, onPreview, onMake }: StepsProps<TableSurvey>) {
  const { columns, suggestions, notes } = survey;
  const [choices, setChoices] = useState<TableChoices>(suggestions[0].choices);
  const { preview, problem, isStale } = useTablePreview(choices, onPreview);
  const start = (suggested: TableChoices) => setChoices({ ...suggested, title: choices.title });
  return (
    <div className="steps">
      <p>
        <b>
          {countOf(survey.rows, ROW)} of {countOf(columns.length, COLUMN)}
        </b>
        . Choose which column is the answer, and which ones the network sees.
        {notes.map((note) => ` ${note}`)}
      </p>
      <div className="steps-fields">
        <TitleField value={choices.title} onChange={(title) => setChoices({ ...choices, title })} />
        {suggestions.length > 1 && (
          <SelectField
            label="Begin with"
            explanation={suggestions.map(({ name, note }) => `${name}: ${note}`).join(' ')}
            choices={suggestions.map(({ name, choices: value }) => ({ value, label: name }))}
            value={suggestions.find((each) => hasSameColumns(each.choices, choices))?.choices ?? suggestions[0].choices}
            onChange={start}
          />
        )}
        <AnswerFields choices={choices} columns={columns} onChange={setChoices} />
        <DivisionFields value={choices} onChange={(changed) => setChoices({ ...choices, ...changed })} />
      </div>
      <TableColumns
        rows={survey.rows}
        columns={columns}
        choices={choices}
        features={preview?.features ?? []}
        onChange={setChoices}
      />
      <TableResult preview={preview} problem={problem} isStale={isStale} />
      <LeftOutList leftOut={survey.leftOut} />
      <OpenButton
        title={choices.title}
        refusal={refusal === problem ? null : refusal}
        onOpen={() => onMake({ ...choices, title: choices.title.trim() })}
      />
    </div>
  );
}

function hasSameColumns(a: TableChoices, b: TableChoices): boolean {
  const columns = ({ features }: TableChoices) => features.map(({ column }) => column).join();
  return columns(a) === columns(b);
}
