import { useEffect, useRef } from 'react';
import Markdown from 'react-markdown';
import type { Lesson } from '../../core/lessons/lesson.ts';
import { measuredOption, withFigures } from '../../core/lessons/outcome.ts';
import { LESSONS } from '../../lessons/catalogue.ts';
import { LESSON_STEPS, type LessonProgress, MOST_WORDS, NOT_BEGUN, stepAfter } from '../../state/lesson-progress.ts';
import { Button } from '../../ui/form/Button.tsx';
import { LessonOutcome } from './LessonOutcome.tsx';
import './lessons.css';
import { type LessonRuns, useLessonRuns, useProgress } from './use-lesson.ts';

/** Props of {@link LessonPanel}. */
export interface LessonPanelProps {
  readonly id: string;
  /** Opens the list of lessons. */
  readonly onList: () => void;
  readonly onClose: () => void;
}

/** A lesson in the place of the network: a question, a prediction, the runs that decide, and why. */
export function LessonPanel({ id, onList, onClose }: LessonPanelProps) {
  const lesson = LESSONS.find((each) => each.id === id);
  if (lesson === undefined) return null;
  return <Opened key={id} lesson={lesson} onList={onList} onClose={onClose} />;
}

interface OpenedProps extends Omit<LessonPanelProps, 'id'> {
  readonly lesson: Lesson;
}

function Opened({ lesson, onList, onClose }: OpenedProps) {
  const [progress, change] = useProgress(lesson.id);
  const runs = useLessonRuns(lesson);
  const at = LESSON_STEPS.indexOf(progress.step);
  const body = useStepInView(at);
  return (
    <section className="col col-model lesson" aria-label={lesson.title}>
      <header className="lesson-head">
        <h2>{lesson.title}</h2>
        <Button variant="quiet" icon="x" label="Close the lesson" onClick={onClose} />
      </header>
      <div className="lesson-body" ref={body}>
        <Text>{lesson.question}</Text>
        {at >= 1 && <Predict lesson={lesson} progress={progress} onChange={change} />}
        {at >= 2 && <Decide lesson={lesson} progress={progress} runs={runs} />}
        {at >= 3 && <Why lesson={lesson} progress={progress} runs={runs} onChange={change} />}
        {at >= 4 && <ChangeOne lesson={lesson} runs={runs} />}
        {at >= 5 && (
          <section className="lesson-learned">
            <h3>What you have learned</h3>
            <Text>{withFigures(lesson.learned, runs.measured)}</Text>
          </section>
        )}
      </div>
      <footer className="lesson-acts">
        <span className="muted num">
          {Math.min(at + 1, LESSON_STEPS.length - 1)} of {LESSON_STEPS.length - 1}
        </span>
        <Acts progress={progress} onChange={change} onList={onList} lesson={lesson} runs={runs} />
      </footer>
    </section>
  );
}

/** Whoever goes on reads and works on where the new step begins. */
function useStepInView(at: number) {
  const body = useRef<HTMLDivElement>(null);
  const shown = useRef(at);
  useEffect(() => {
    const newest = body.current?.lastElementChild;
    if (at > shown.current && newest instanceof HTMLElement) {
      newest.tabIndex = -1;
      newest.focus({ preventScroll: true });
      newest.scrollIntoView?.({ block: 'start' });
    }
    shown.current = at;
  }, [at]);
  return body;
}

interface PartProps {
  readonly lesson: Lesson;
  readonly progress: LessonProgress;
  readonly onChange: (values: Partial<LessonProgress>) => void;
}

/** What leads to the next step, where it is not in the step itself. */
function Acts({
  lesson,
  progress,
  runs,
  onChange,
  onList,
}: PartProps & { readonly runs: LessonRuns } & Pick<LessonPanelProps, 'onList'>) {
  const { step, predicted } = progress;
  const next = () => onChange({ step: stepAfter(step) });
  switch (step) {
    case 'question':
      return <NextButton onClick={next} />;
    case 'predict':
      return (
        <Button variant="primary" blocked={predicted === null ? 'Choose an answer first.' : undefined} onClick={next}>
          Predict
        </Button>
      );
    case 'run':
      return lesson.runs.every(({ id }) => runs.measured.has(id)) ? <NextButton onClick={next} /> : null;
    case 'why':
      return progress.compared ? <NextButton onClick={next} /> : null;
    case 'change':
      return <NextButton onClick={next} />;
    case 'learned':
    case 'done':
      return (
        <>
          <Button variant="quiet" onClick={() => onChange(NOT_BEGUN)}>
            Begin again
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              onChange({ step: 'done' });
              onList();
            }}
          >
            Done
          </Button>
        </>
      );
    default:
      return step satisfies never;
  }
}

function NextButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button variant="primary" onClick={onClick}>
      Next
    </Button>
  );
}

/** The options; locked once the runs decide. */
function Predict({ lesson, progress, onChange }: PartProps) {
  const isLocked = progress.step !== 'predict';
  return (
    <fieldset className="lesson-predict" disabled={isLocked}>
      <legend>{isLocked ? 'You predicted' : 'Predict first'}</legend>
      <Text>{lesson.prediction}</Text>
      {lesson.options.map(({ id, text }) => (
        <label key={id}>
          <input
            type="radio"
            name={`prediction-${lesson.id}`}
            checked={progress.predicted === id}
            onChange={() => onChange({ predicted: id })}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}

interface DecideProps extends Omit<PartProps, 'onChange'> {
  readonly runs: LessonRuns;
}

/** The runs, and what they decide. */
function Decide({ lesson, progress, runs }: DecideProps) {
  const isDecided = lesson.runs.every(({ id }) => runs.measured.has(id));
  return (
    <section>
      <h3>{isDecided ? 'What was measured' : 'Now the runs decide'}</h3>
      <LessonOutcome runs={lesson.runs} found={runs} />
      {isDecided && <Verdict lesson={lesson} progress={progress} runs={runs} />}
    </section>
  );
}

function Verdict({ lesson, progress, runs }: DecideProps) {
  const right = measuredOption(lesson.outcomes, runs.measured);
  const words = lesson.options.find(({ id }) => id === right)?.text;
  return (
    <p className="lesson-verdict" role="status">
      <b>{right === progress.predicted ? 'As you predicted.' : 'Not as you predicted.'}</b> {words}.
    </p>
  );
}

/** The answer in own words first; the explanation beside it afterwards. */
function Why({ lesson, progress, runs, onChange }: PartProps & { readonly runs: LessonRuns }) {
  const { answer, compared } = progress;
  return (
    <section>
      <h3>Why?</h3>
      <label className="lesson-answer">
        In your own words
        <textarea
          rows={3}
          maxLength={MOST_WORDS}
          value={answer}
          onChange={({ currentTarget }) => onChange({ answer: currentTarget.value })}
        />
      </label>
      {compared ? (
        <Text>{withFigures(lesson.why, runs.measured)}</Text>
      ) : (
        <Button
          variant="outline"
          size="sm"
          blocked={answer.trim() === '' ? 'Write a sentence first: it need not be right.' : undefined}
          onClick={() => onChange({ compared: true })}
        >
          Compare with an explanation
        </Button>
      )}
    </section>
  );
}

/** One change to try. */
function ChangeOne({ lesson, runs }: { readonly lesson: Lesson; readonly runs: LessonRuns }) {
  return (
    <section>
      <h3>Change one thing</h3>
      <Text>{lesson.change.text}</Text>
      <LessonOutcome runs={[lesson.change.run]} found={runs} beside={lesson.runs} />
    </section>
  );
}

/** Text with emphasis, code and lists; nothing in it can be a script. */
function Text({ children }: { readonly children: string }) {
  return (
    <div className="lesson-text">
      <Markdown>{children}</Markdown>
    </div>
  );
}
