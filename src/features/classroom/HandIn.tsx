import { useContext, useState } from 'react';
import type { Assignment } from '../../core/classroom/assignment.ts';
import { conditionText } from '../../core/classroom/goal.ts';
import { MOST_TYPED, type TaskProgress } from '../../state/task-progress.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { LabFilesContext } from '../lab-files.ts';
import { saveFile } from '../save-file.ts';
import type { TaskWorkProps } from './TaskWork.tsx';
import type { CheckedRun } from './use-task.ts';

/** Props of {@link HandIn}. */
export interface HandInProps extends TaskWorkProps {
  readonly onClose: () => void;
}

/** One file with everything that is to be handed in; what is missing is said. */
export function HandIn({ task, chosen, onClose }: HandInProps) {
  const { assignment, progress, change } = task;
  const files = useContext(LabFilesContext);
  const [outcome, setOutcome] = useState<string | null>(null);
  const missing = missingIn(assignment, progress, chosen);
  const save = async () => {
    if (files === null) return;
    setOutcome(null);
    const handedIn = {
      student: progress.student.trim(),
      source: assignment.source,
      time: new Date().toISOString(),
      id: randomId(),
      run: assignment.wanted.run ? (chosen?.run.number ?? null) : null,
      prediction: progress.prediction,
      isLate: progress.isLate,
      answers: assignment.wanted.questions.map((_, i) => progress.answers[i] ?? ''),
    };
    try {
      const isSaved = await saveFile(fileNameOf(progress.student), async () => (await files()).handIn(handedIn));
      if (isSaved) setOutcome('Saved. Now send this file to whoever set the assignment: nothing was uploaded.');
    } catch (error) {
      setOutcome(`The file could not be saved: ${String(error)}.`);
    }
  };
  return (
    <Dialog
      title="Hand in"
      onClose={onClose}
      closeWord="Close"
      actions={
        <Button
          variant="primary"
          disabled={files === null}
          blocked={progress.student.trim() === '' ? 'Write your name first.' : undefined}
          onClick={() => void save()}
        >
          Save the file
        </Button>
      }
    >
      <label className="task-answer">
        Your name
        <input
          className="inp"
          type="text"
          autoComplete="name"
          maxLength={MOST_TYPED.student}
          value={progress.student}
          onChange={({ currentTarget }) => change({ student: currentTarget.value })}
        />
      </label>
      {missing.length === 0 ? (
        <p>Everything is there{chosen !== undefined && assignment.wanted.run && `: run ${chosen.run.number}`}.</p>
      ) : (
        <>
          <p>This is still missing. It can be handed in all the same, and again later:</p>
          <ul className="task-missing">
            {missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      <p role="status">{outcome}</p>
    </Dialog>
  );
}

/** What is not there yet, a sentence each. */
function missingIn(
  { wanted }: Assignment,
  { prediction, answers }: TaskProgress,
  chosen: CheckedRun | undefined,
): readonly string[] {
  const unanswered = wanted.questions.flatMap((_, i) => ((answers[i] ?? '').trim() === '' ? [i + 1] : []));
  const unmet = chosen?.checked.filter(({ isMet }) => !isMet) ?? [];
  return [
    ...(wanted.run && chosen === undefined ? ['A run: train one.'] : []),
    ...(wanted.run ? (chosen?.problems ?? []) : []),
    ...(wanted.run ? unmet.map((condition) => `The goal: ${conditionText(condition)}.`) : []),
    ...(wanted.prediction !== '' && prediction.trim() === '' ? ['The prediction.'] : []),
    ...unanswered.map((number) => `The answer to question ${number}.`),
  ];
}

function fileNameOf(student: string): string {
  const name = student
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return `hand-in-${name}.fitting-room`;
}

/** A random id; `crypto.randomUUID` is there on https and localhost only. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
