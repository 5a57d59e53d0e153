import { useEffect, useRef } from 'react';
import type { Lesson } from '../../core/lessons/lesson.ts';
import { lessonHash } from '../../core/lessons/lesson-reference.ts';
import { withFigures } from '../../core/lessons/outcome.ts';
import { LESSONS } from '../../lessons/catalogue.ts';
import { LESSON_STEPS, type LessonProgress, NOT_BEGUN, stepAfter } from '../../state/lesson-progress.ts';
import { Button } from '../../ui/form/Button.tsx';
import { CopyButton } from '../../ui/form/CopyButton.tsx';
import { ChangeOne, Decide, type LessonStepProps, Predict, Why } from './LessonSteps.tsx';
import { LessonText } from './LessonText.tsx';
import './lessons.css';
import { useLessonRuns, useProgress } from './use-lesson.ts';
import { useSize } from './use-size.ts';

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
  useAddress(id);
  if (lesson === undefined) return <Unknown id={id} onList={onList} onClose={onClose} />;
  return <Opened key={id} lesson={lesson} onList={onList} onClose={onClose} />;
}

/** The address names the lesson while it is open: it can be passed on, and the lesson outlasts a reload. */
function useAddress(id: string): void {
  useEffect(() => {
    const hash = lessonHash({ lesson: id });
    history.replaceState(null, '', hash);
    return () => {
      if (location.hash === hash) history.replaceState(null, '', location.pathname + location.search);
    };
  }, [id]);
}

/** What a link leads to that names no lesson. */
function Unknown({ id, onList, onClose }: LessonPanelProps) {
  return (
    <section className="col col-model lesson" aria-label="Lesson">
      <header className="lesson-head">
        <h2>Lesson not found</h2>
        <Button variant="quiet" icon="x" label="Close the lesson" onClick={onClose} />
      </header>
      <div className="lesson-body">
        <p>There is no lesson “{id}” in this version of the app.</p>
      </div>
      <footer className="lesson-acts">
        <Button variant="primary" onClick={onList}>
          All lessons
        </Button>
      </footer>
    </section>
  );
}

interface OpenedProps extends Omit<LessonPanelProps, 'id'> {
  readonly lesson: Lesson;
}

function Opened({ lesson, onList, onClose }: OpenedProps) {
  const [progress, change] = useProgress(lesson.id);
  const size = useSize(lesson, progress);
  const runs = useLessonRuns(lesson, size.isShort);
  const step = { lesson, progress, runs, size, onChange: change };
  const at = LESSON_STEPS.indexOf(progress.step);
  const body = useStepInView(at);
  return (
    <section className="col col-model lesson" aria-label={lesson.title}>
      <header className="lesson-head">
        <h2>{lesson.title}</h2>
        <CopyButton text={() => new URL(lessonHash({ lesson: lesson.id }), location.href).href}>Copy link</CopyButton>
        <Button variant="quiet" icon="x" label="Close the lesson" onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="lesson-body" aria-label="Text of the lesson" tabIndex={0} ref={body}>
        <LessonText>{lesson.question}</LessonText>
        {at >= 1 && <Predict {...step} />}
        {at >= 2 && <Decide {...step} />}
        {at >= 3 && <Why {...step} />}
        {at >= 4 && <ChangeOne {...step} />}
        {at >= 5 && (
          <section className="lesson-learned">
            <h3>What you have learned</h3>
            <LessonText>{withFigures(lesson.learned, runs.measured)}</LessonText>
          </section>
        )}
      </section>
      <footer className="lesson-acts">
        <span className="muted num">
          {Math.min(at + 1, LESSON_STEPS.length - 1)} of {LESSON_STEPS.length - 1}
        </span>
        <Acts {...step} onList={onList} />
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

interface ActsProps extends LessonStepProps {
  readonly onList: () => void;
}

/** What leads to the next step, where it is not in the step itself. */
function Acts({ lesson, progress, runs, onChange, onList }: ActsProps) {
  const { step } = progress;
  const next = () => onChange({ step: stepAfter(step) });
  switch (step) {
    case 'question':
      return <NextButton onClick={next} />;
    case 'predict':
      return (
        <Button variant="primary" blocked={missing(lesson, progress)} onClick={next}>
          Predict
        </Button>
      );
    case 'run':
      return runs.wanted.every(({ id }) => runs.measured.has(id)) ? <NextButton onClick={next} /> : null;
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

/** What a prediction still lacks, as a sentence. */
function missing({ prediction }: Lesson, { predicted, sketch }: LessonProgress): string | undefined {
  if (prediction.kind === 'options') return predicted === null ? 'Choose an answer first.' : undefined;
  return sketch === null ? 'Draw a curve first: move its points.' : undefined;
}

function NextButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button variant="primary" onClick={onClick}>
      Next
    </Button>
  );
}
