import { MOST } from '../../state/assignment-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import type { FormPartProps } from './form-part.ts';

/** What is to be handed in: a run, a prediction, answers. */
export function WantedEditor({ form: { wanted }, onChange }: FormPartProps) {
  const set = (values: Partial<typeof wanted>) => onChange({ wanted: { ...wanted, ...values } });
  const { run, prediction, questions } = wanted;
  return (
    <section>
      <h4>What is handed in</h4>
      <Switch on={run} onChange={(on) => set({ run: on })}>
        A run
      </Switch>
      <Text
        label="A prediction before the first run, in Markdown; empty for none"
        value={prediction}
        onChange={(text) => set({ prediction: text })}
      />
      {questions.map((question, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: questions have no name of their own.
        <div className="assignment-question" key={at}>
          <Text
            label={`Question ${at + 1}, in Markdown`}
            value={question}
            onChange={(text) => set({ questions: questions.with(at, text) })}
          />
          <Button
            variant="quiet"
            icon="x"
            label={`Remove question ${at + 1}`}
            onClick={() => set({ questions: questions.toSpliced(at, 1) })}
          />
        </div>
      ))}
      <Button
        variant="outline"
        size="sm"
        disabled={questions.length >= MOST.questions}
        onClick={() => set({ questions: [...questions, ''] })}
      >
        Add a question
      </Button>
    </section>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function Text({ label, value, onChange }: TextProps) {
  return (
    <Field label={label}>
      {({ id }) => (
        <textarea
          className="inp-lines"
          id={id}
          rows={2}
          maxLength={MOST.question}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}
