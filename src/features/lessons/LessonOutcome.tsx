import { figureOf } from '../../core/lessons/figures.ts';
import type { LessonRun } from '../../core/lessons/lesson.ts';
import { percentText } from '../../core/text/number-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import type { LessonRuns } from './use-lesson.ts';

/** Props of {@link LessonOutcome}. */
export interface LessonOutcomeProps {
  /** What is to be trained here. */
  readonly runs: readonly LessonRun[];
  readonly found: LessonRuns;
  /** Runs of the lesson that were trained before, to compare with. */
  readonly beside?: readonly LessonRun[];
  /** Whether the test set judges, too. */
  readonly judgesTest: boolean;
  /** Called as the runs begin. */
  readonly onTrain?: () => void;
}

/** A line for each run: its accuracies where it has ended, how far it is where it trains. Begins with the button that trains them. */
export function LessonOutcome({ runs, found, beside = [], judgesTest, onTrain }: LessonOutcomeProps) {
  const isDone = runs.every(({ id }) => found.measured.has(id));
  const isOurs = runs.some(({ id }) => id === found.current?.id);
  const train = () => {
    onTrain?.();
    found.train(runs);
  };
  return (
    <>
      {!isDone && !found.isRunning && (
        <Button variant="outline" icon="play" onClick={train}>
          {isOurs ? 'Train again' : runs.length === 1 ? 'Train the run' : `Train the ${runs.length} runs`}
        </Button>
      )}
      <table className="lesson-runs">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Training</th>
            <th scope="col">Validation</th>
            {judgesTest && <th scope="col">Test</th>}
          </tr>
        </thead>
        <tbody>
          {[...beside, ...runs].map((run) => (
            <Line key={run.id} run={run} found={found} judgesTest={judgesTest} />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface LineProps extends Pick<LessonOutcomeProps, 'found' | 'judgesTest'> {
  readonly run: LessonRun;
}

function Line({ run, found, judgesTest }: LineProps) {
  const measured = found.measured.get(run.id);
  const { current } = found;
  const isTraining = measured === undefined && current?.id === run.id;
  return (
    <tr>
      <th scope="row">{run.name}</th>
      {measured === undefined ? (
        <td colSpan={judgesTest ? 3 : 2} className="muted">
          {isTraining ? `epoch ${current.run.epochs.length} of ${run.setup.recipe.epochs}` : 'not trained yet'}
        </td>
      ) : (
        <>
          <td className="num">{percentText(figureOf(measured, 'trainingAccuracy'))}</td>
          <td className="num">{percentText(figureOf(measured, 'validationAccuracy'))}</td>
          {judgesTest && <td className="num">{percentText(figureOf(measured, 'testAccuracy'))}</td>}
        </>
      )}
    </tr>
  );
}
