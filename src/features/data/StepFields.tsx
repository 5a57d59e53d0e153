import { briefPercentText } from '../../core/text/number-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { NumberField } from '../../ui/form/NumberField.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { StepsEnd } from './StepsEnd.tsx';

/** Characters of a title. */
const LONGEST_TITLE = 80;

/** What is chosen for every kind of files. */
export interface CommonChoices {
  readonly title: string;
  readonly testShare: number;
  readonly seed: number;
}

/** Props of {@link TitleField}. */
export interface TitleFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What the data set is to be called. */
export function TitleField({ value, onChange }: TitleFieldProps) {
  return (
    <Field label="Title" error={value.trim() === '' ? 'Give the data set a title.' : undefined}>
      {({ id, describedBy }) => (
        <input
          className="inp"
          id={id}
          aria-describedby={describedBy}
          maxLength={LONGEST_TITLE}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}

const SHARES = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5].map((value) => ({ value, label: briefPercentText(value) }));

/** Props of {@link DivisionFields}. */
export interface DivisionFieldsProps {
  readonly value: CommonChoices;
  readonly onChange: (value: Pick<CommonChoices, 'testShare' | 'seed'>) => void;
}

/** Which share of each class is set aside to test on, and the seed that says which ones. */
export function DivisionFields({ value: { testShare, seed }, onChange }: DivisionFieldsProps) {
  return (
    <>
      <SelectField
        label="Set aside to test on"
        explanation="This share of each class is never trained on. The test shows what the network does with samples that it has not seen."
        choices={SHARES}
        value={testShare}
        onChange={(share) => onChange({ testShare: share, seed })}
      />
      <NumberField
        label="Seed of the division"
        explanation="Which samples are set aside. The same seed sets the same ones aside."
        value={seed}
        onChange={(next) => onChange({ testShare, seed: next })}
        min={0}
        max={999_999}
        integer
      />
    </>
  );
}

/** Props of {@link OpenButton}. */
export interface OpenButtonProps {
  readonly title: string;
  readonly onOpen: () => void;
  readonly refusal: string | null;
}

/** Makes the data set and opens it; beside it, why that failed the last time. */
export function OpenButton({ title, onOpen, refusal }: OpenButtonProps) {
  return (
    <StepsEnd refusal={refusal}>
      <Button variant="primary" disabled={title.trim() === ''} onClick={onOpen}>
        Open
      </Button>
    </StepsEnd>
  );
}
