import { useContext } from 'react';
import { LESSONS } from '../../lessons/catalogue.ts';
import { type LessonProgress, parseProgress } from '../../state/lesson-progress.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { LessonNotesContext } from '../lesson-notes.ts';
import './lessons.css';

/** Props of {@link LessonsDialog}. */
export interface LessonsDialogProps {
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** The lessons, with how far each is. */
export function LessonsDialog({ onOpen, onClose }: LessonsDialogProps) {
  const notes = useContext(LessonNotesContext);
  return (
    <Dialog title="Lessons" className="lessons-dialog" onClose={onClose} closeWord="Close">
      <p>Learn by doing, about five minutes each: predict what happens, let a run decide, and find out why.</p>
      <ol className="lessons-list" aria-label="Lessons">
        {LESSONS.map(({ id, title, minutes }) => (
          <li key={id}>
            <button type="button" onClick={() => onOpen(id)}>
              <span>{title}</span> <small className="muted">{minutes} min</small>{' '}
              <StateMark progress={parseProgress(notes.read(id))} />
            </button>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function StateMark({ progress: { step } }: { readonly progress: LessonProgress }) {
  if (step === 'done')
    return (
      <small className="lesson-done">
        <Icon name="check" size="sm" /> done
      </small>
    );
  return step === 'question' ? null : <small className="muted">begun</small>;
}
