import { isSameDataset } from '../../core/dataset/spec.ts';
import type { Lesson, OptionPrediction } from '../../core/lessons/lesson.ts';
import { measuredOption, withFigures } from '../../core/lessons/outcome.ts';
import { shortenedText } from '../../core/lessons/size.ts';
import { compareSketch } from '../../core/lessons/sketch.ts';
import { isUsual } from '../../core/lessons/usual.ts';
import { type LessonProgress, MOST_WORDS } from '../../state/lesson-progress.ts';
import { Button } from '../../ui/form/Button.tsx';
import { useDatasetSpec } from '../lab.tsx';
import { LessonOutcome } from './LessonOutcome.tsx';
import { LessonText } from './LessonText.tsx';
import { measuredValues, SketchPrediction } from './SketchPrediction.tsx';
import type { LessonRuns } from './use-lesson.ts';
import type { LessonSize } from './use-size.ts';

/** What the steps of a lesson have in common. */
export interface LessonStepProps {
  readonly lesson: Lesson;
  readonly progress: LessonProgress;
  readonly runs: LessonRuns;
  readonly size: LessonSize;
  readonly onChange: (values: Partial<LessonProgress>) => void;
}

/** The prediction; locked once the runs decide. */
export function Predict(props: LessonStepProps) {
  const { lesson, progress, runs, onChange } = props;
  const { prediction, prompt } = lesson;
  const isLocked = progress.step !== 'predict';
  return (
    <fieldset className="lesson-predict" disabled={isLocked}>
      <legend>{isLocked ? 'You predicted' : 'Predict first'}</legend>
      <LessonText>{prompt}</LessonText>
      {prediction.kind === 'options' ? (
        <Options {...props} prediction={prediction} />
      ) : (
        <SketchPrediction
          lesson={lesson}
          prediction={prediction}
          runs={runs}
          sketch={progress.sketch}
          locked={isLocked}
          onSketch={(sketch) => onChange({ sketch })}
        />
      )}
    </fieldset>
  );
}

function Options({
  lesson,
  progress,
  prediction,
  onChange,
}: LessonStepProps & { readonly prediction: OptionPrediction }) {
  return prediction.options.map(({ id, text }) => (
    <label key={id}>
      <input
        type="radio"
        name={`prediction-${lesson.id}`}
        checked={progress.predicted === id}
        onChange={() => onChange({ predicted: id })}
      />
      {text}
    </label>
  ));
}

/** The runs, and what they decide. */
export function Decide(props: LessonStepProps) {
  const { lesson, runs, size, onChange } = props;
  const isDecided = runs.wanted.every(({ id }) => runs.measured.has(id));
  const otherData = useOtherData(lesson);
  return (
    <section>
      <h3>{isDecided ? 'What was measured' : 'Now the runs decide'}</h3>
      {otherData !== null && !isDecided && <p>To train, this lesson opens {otherData}.</p>}
      {size.isShort && size.fullSeconds !== null && <p>{shortenedText(lesson, size.fullSeconds)}</p>}
      <LessonOutcome runs={runs.wanted} found={runs} judgesTest={lesson.judgesTest} onTrain={() => onChange(size)} />
      {isDecided && <Verdict {...props} />}
    </section>
  );
}

/** What came out, beside what was predicted. */
function Verdict({ lesson, progress, runs }: LessonStepProps) {
  const { prediction } = lesson;
  return (
    <p className="lesson-verdict" role="status">
      {prediction.kind === 'options' ? (
        <Outcome prediction={prediction} progress={progress} runs={runs} />
      ) : (
        compareSketch(progress.sketch ?? [], measuredValues(runs, prediction), prediction.figure)
      )}
    </p>
  );
}

function Outcome({
  prediction: { options, outcomes },
  progress,
  runs,
}: Pick<LessonStepProps, 'progress' | 'runs'> & { readonly prediction: OptionPrediction }) {
  const right = measuredOption(outcomes, runs.measured);
  const words = options.find(({ id }) => id === right)?.text;
  return (
    <>
      <b>{right === progress.predicted ? 'As you predicted.' : 'Not as you predicted.'}</b> {words}.
    </>
  );
}

/** The answer in own words first; the explanation beside it afterwards. */
export function Why({ lesson, progress, runs, onChange }: LessonStepProps) {
  const { answer, compared } = progress;
  return (
    <section>
      <h3>Why?</h3>
      <label className="lesson-answer">
        In your own words
        <textarea
          className="inp-lines"
          rows={3}
          maxLength={MOST_WORDS}
          value={answer}
          onChange={({ currentTarget }) => onChange({ answer: currentTarget.value })}
        />
      </label>
      {compared ? (
        <>
          {!isUsual(lesson, runs.measured) && (
            <p>On this device it came out differently from what is usual. The explanation is about the usual case.</p>
          )}
          <LessonText>{withFigures(lesson.why, runs.measured)}</LessonText>
        </>
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
export function ChangeOne({ lesson, runs }: LessonStepProps) {
  return (
    <section>
      <h3>Change one thing</h3>
      <LessonText>{lesson.change.text}</LessonText>
      <LessonOutcome runs={[runs.change]} found={runs} beside={runs.wanted} judgesTest={lesson.judgesTest} />
    </section>
  );
}

/** The data sets of a lesson beside the one that is open, in words; null where there are none. */
function useOtherData({ runs, change }: Lesson): string | null {
  const open = useDatasetSpec();
  const others = [...runs, change.run].flatMap(({ setup: { dataset } }) =>
    isSameDataset(open, dataset) ? [] : [dataset.title],
  );
  const titles = [...new Set(others)];
  return titles.length === 0 ? null : `the data ${titles.length === 1 ? 'set' : 'sets'} ${titles.join(' and ')}`;
}
