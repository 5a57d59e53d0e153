import { useContext, useState } from 'react';
import Markdown from 'react-markdown';
import { type AssignmentForm, lackOf } from '../../core/classroom/assignment.ts';
import { sizesOf } from '../../core/classroom/network-rule.ts';
import { sharedText } from '../../core/sharing/shared-setup.ts';
import { recipeProblems } from '../../core/training/recipe-problems.ts';
import { LESSONS } from '../../lessons/catalogue.ts';
import { assignmentText, formText, MOST, readForm } from '../../state/assignment-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { useDraft } from '../lab.tsx';
import { LessonNotesContext } from '../lesson-notes.ts';
import { AssignmentLink } from './AssignmentLink.tsx';
import './assignment.css';
import type { FormPartProps } from './form-part.ts';
import { GoalEditor } from './GoalEditor.tsx';
import { NetworkEditor } from './NetworkEditor.tsx';
import { RulesEditor } from './RulesEditor.tsx';
import { WantedEditor } from './WantedEditor.tsx';

/** The note with what an instructor has written so far. */
const NOTE = 'assignment to set';

const EMPTY: AssignmentForm = {
  title: '',
  text: '',
  rules: new Map(),
  network: { kind: 'free' },
  goal: [],
  wanted: { run: true, prediction: '', questions: [] },
  lesson: null,
};

/** Sets an assignment that begins with the draft: what to do, what is free, what is handed in; and gives a link or a file. */
export function AssignmentDialog({ onClose }: { readonly onClose: () => void }) {
  const notes = useContext(LessonNotesContext);
  const draft = useDraft((current) => current);
  const [form, setForm] = useState(() => readForm(notes.read(NOTE)) ?? EMPTY);
  const [id] = useState(newId);
  const change = (values: Partial<AssignmentForm>) => {
    const next = { ...form, ...values };
    setForm(next);
    notes.write(NOTE, formText(next));
  };
  const [problem] = Object.values(recipeProblems(draft.recipe, draft.dataset));
  const lack = problem ?? lackOf(form, sizesOf(draft));
  const start = sharedText(draft, draft.presetId, '');
  return (
    <Dialog
      title="Set an assignment"
      className="assignment"
      onClose={onClose}
      closeWord="Close"
      actions={
        <Button variant="quiet" onClick={() => change(EMPTY)}>
          Empty the form
        </Button>
      }
    >
      <Words form={form} onChange={change} />
      <NetworkEditor form={form} onChange={change} />
      <RulesEditor form={form} onChange={change} />
      <GoalEditor form={form} onChange={change} />
      <WantedEditor form={form} onChange={change} />
      {lack === null ? (
        <AssignmentLink title={form.title} source={assignmentText(id, form, start)} start={start} />
      ) : (
        <p role="status">{lack} Then the link appears here.</p>
      )}
    </Dialog>
  );
}

/** The title, the text, and the lesson. */
function Words({ form, onChange }: FormPartProps) {
  const lessons = LESSONS.map(({ id, title }) => ({ value: id, label: title }));
  return (
    <section>
      <Field label="Title">
        {({ id }) => (
          <input
            id={id}
            className="inp"
            type="text"
            maxLength={MOST.title}
            value={form.title}
            onChange={({ currentTarget }) => onChange({ title: currentTarget.value })}
          />
        )}
      </Field>
      <Field label="What to do, in Markdown">
        {({ id }) => (
          <textarea
            className="inp-lines"
            id={id}
            rows={5}
            maxLength={MOST.text}
            value={form.text}
            onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
          />
        )}
      </Field>
      {form.text.trim() !== '' && (
        <details>
          <summary>How students will see it</summary>
          <div className="assignment-preview">
            <Markdown disallowedElements={['img']}>{form.text}</Markdown>
          </div>
        </details>
      )}
      <SelectField
        label="A lesson that is part of it"
        choices={[{ value: null, label: 'none' }, ...lessons]}
        value={form.lesson?.lesson ?? null}
        onChange={(lesson) => onChange({ lesson: lesson === null ? null : { lesson } })}
      />
    </section>
  );
}

function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
