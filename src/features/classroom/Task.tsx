import { useContext, useState } from 'react';
import Markdown from 'react-markdown';
import type { CheckedCondition } from '../../core/classroom/goal.ts';
import { conditionText, measureText } from '../../core/classroom/goal.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { Locked } from '../Locked.tsx';
import { useLab } from '../lab.tsx';
import { LessonNotesContext } from '../lesson-notes.ts';
import { leaveTask } from '../task-control.ts';
import { HandIn } from './HandIn.tsx';
import './task.css';
import { TaskWork } from './TaskWork.tsx';
import { type OpenTask, useCheckedGoal, useChosenRun, useRules, useStart, useTask, useTaskRuns } from './use-task.ts';

/** Props of {@link Task}. */
export interface TaskProps {
  readonly id: string;
  /** Opens a lesson. */
  readonly onLesson: (id: string) => void;
  readonly onClose: () => void;
}

/** The assignment that is open, above the lab: its goal, checked live, and when it is unfolded its text and what is to be handed in. */
export function Task(props: TaskProps) {
  const task = useTask(props.id);
  if (task === null) return <Unreadable {...props} />;
  return <Opened {...props} task={task} />;
}

/** An assignment of which the notes are damaged. */
function Unreadable({ onClose }: TaskProps) {
  return (
    <section className="task" aria-label="Assignment">
      <div className="task-head">
        <p className="grow">What was kept of the assignment cannot be read. Open its link again.</p>
        <Button variant="outline" size="sm" onClick={onClose}>
          Close
        </Button>
      </div>
    </section>
  );
}

interface OpenedProps extends TaskProps {
  readonly task: OpenTask;
}

function Opened({ id, task, onLesson, onClose }: OpenedProps) {
  const lab = useLab();
  const notes = useContext(LessonNotesContext);
  const { assignment, progress } = task;
  const [isOpen, setOpen] = useState(true);
  const [isHandingIn, setHandingIn] = useState(false);
  const start = useStart(assignment);
  const heldBack = useRules(assignment, start);
  const runs = useTaskRuns(task, start);
  const chosen = useChosenRun(runs, progress);
  const checked = useCheckedGoal(assignment, chosen);
  const leave = () => {
    onClose();
    void leaveTask(lab, notes, id);
  };
  return (
    <section className="task" aria-label={`Assignment: ${assignment.title}`}>
      <div className="task-head">
        <Button variant="quiet" icon={isOpen ? 'up' : 'down'} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {assignment.title}
        </Button>
        <Goal checked={checked} run={chosen?.run.number ?? null} />
        <span className="grow" />
        <Locked>
          <Button variant="primary" size="sm" aria-haspopup="dialog" onClick={() => setHandingIn(true)}>
            Hand in
          </Button>
          <Button variant="quiet" size="sm" onClick={leave}>
            Leave
          </Button>
        </Locked>
      </div>
      <p className="task-held" role="status">
        {heldBack !== null && `${heldBack} The last change was taken back.`}
      </p>
      {isOpen && (
        <div className="task-body">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <section className="task-text" aria-label="Text of the assignment" tabIndex={0}>
            {start === null && <p role="status">It is about {assignment.start.dataset.title}: open that data set.</p>}
            <Markdown disallowedElements={['img']}>{assignment.text}</Markdown>
            {assignment.lesson !== null && <LessonDoor id={assignment.lesson.lesson} onLesson={onLesson} />}
          </section>
          <Locked>
            <TaskWork task={task} runs={runs} chosen={chosen} />
          </Locked>
        </div>
      )}
      {isHandingIn && <HandIn task={task} runs={runs} chosen={chosen} onClose={() => setHandingIn(false)} />}
    </section>
  );
}

function LessonDoor({ id, onLesson }: { readonly id: string; readonly onLesson: (id: string) => void }) {
  return (
    <Button variant="outline" size="sm" icon="lesson" onClick={() => onLesson(id)}>
      Open the lesson of this assignment
    </Button>
  );
}

/** Each condition of the goal: met or not, with the present figure. */
function Goal({ checked, run }: { readonly checked: readonly CheckedCondition[]; readonly run: number | null }) {
  if (checked.length === 0) return null;
  const met = checked.filter(({ isMet }) => isMet).length;
  return (
    <>
      <ul className="task-goal" aria-label={run === null ? 'Goal, before the first run' : `Goal, by run ${run}`}>
        {checked.map((condition) => (
          <li key={`${condition.measure} ${condition.is}`} data-met={condition.isMet}>
            {condition.isMet && <Icon name="check" size="sm" />}
            {conditionText(condition)}
            <b>{measureText(condition.measure, condition.value)}</b>
            <span className="vh">{condition.isMet ? 'met' : 'not met'}</span>
          </li>
        ))}
      </ul>
      <span className="vh" role="status">
        {met} of {checked.length} conditions met.
      </span>
    </>
  );
}
