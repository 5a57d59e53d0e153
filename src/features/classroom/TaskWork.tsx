import { useId } from 'react';
import Markdown from 'react-markdown';
import { MOST_TYPED } from '../../state/task-progress.ts';
import { SelectField } from '../../ui/form/SelectField.tsx';
import type { CheckedRun, OpenTask } from './use-task.ts';

/** Props of {@link TaskWork}. */
export interface TaskWorkProps {
  readonly task: OpenTask;
  /** Those of the assignment, newest first. */
  readonly runs: readonly CheckedRun[];
  readonly chosen: CheckedRun | undefined;
}

/** What the student writes: the prediction, the answers, and which run is handed in. */
export function TaskWork({ task, runs, chosen }: TaskWorkProps) {
  const { wanted } = task.assignment;
  return (
    <div className="task-work">
      {wanted.prediction !== '' && <Prediction task={task} runs={runs} chosen={chosen} />}
      {wanted.questions.map((question, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: questions stay in their order.
        <Answer key={i} task={task} question={question} at={i} />
      ))}
      {wanted.run && <RunChoice task={task} runs={runs} chosen={chosen} />}
    </div>
  );
}

/** Locked once a run of the assignment decides; one that comes later is marked as late. */
function Prediction({ task: { assignment, progress, change }, runs }: TaskWorkProps) {
  const hasRun = runs.some(({ run }) => run.losses.length > 0);
  const isLocked = hasRun && progress.prediction.trim() !== '' && !progress.isLate;
  return (
    <TextAnswer
      question={assignment.wanted.prediction}
      value={progress.prediction}
      readOnly={isLocked}
      note={
        isLocked
          ? 'Locked: the first run has begun.'
          : hasRun
            ? 'A run has begun already: this is marked as written afterwards.'
            : 'Predict first: the first run locks it.'
      }
      onChange={(prediction) => change({ prediction, isLate: hasRun })}
    />
  );
}

interface AnswerProps extends Pick<TaskWorkProps, 'task'> {
  readonly question: string;
  readonly at: number;
}

function Answer({ task: { assignment, progress, change }, question, at }: AnswerProps) {
  const write = (answer: string) =>
    change({ answers: assignment.wanted.questions.map((_, i) => (i === at ? answer : (progress.answers[i] ?? ''))) });
  return <TextAnswer question={question} value={progress.answers[at] ?? ''} onChange={write} />;
}

interface TextAnswerProps {
  /** Markdown. */
  readonly question: string;
  readonly value: string;
  readonly note?: string;
  readonly readOnly?: boolean;
  readonly onChange: (text: string) => void;
}

function TextAnswer({ question, value, note, readOnly = false, onChange }: TextAnswerProps) {
  const id = useId();
  return (
    <div className="task-answer">
      <div id={`${id}-question`}>
        <Markdown disallowedElements={['img']}>{question}</Markdown>
      </div>
      <textarea
        className="inp-lines"
        rows={3}
        maxLength={MOST_TYPED.answer}
        aria-labelledby={`${id}-question`}
        aria-describedby={note && `${id}-note`}
        readOnly={readOnly}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {note && (
        <small id={`${id}-note`} className="muted">
          {note}
        </small>
      )}
    </div>
  );
}

/** Which run is handed in. */
function RunChoice({ task: { progress, change }, runs, chosen }: TaskWorkProps) {
  if (chosen === undefined) return <p className="muted">Train a run: it is handed in, too.</p>;
  const choices = [
    { value: null, label: 'The newest that meets the goal' },
    ...runs.map(({ run }) => ({ value: run.number, label: `Run ${run.number}: ${run.name}` })),
  ];
  const { run, problems } = chosen;
  return (
    <div className="task-answer">
      <SelectField
        label="Run to hand in"
        choices={choices}
        value={progress.run}
        onChange={(number) => change({ run: number })}
      />
      <small className="muted">
        Now run {run.number}. {problems.join(' ')}
      </small>
    </div>
  );
}
