import type { Lesson, SketchPrediction as Sketch } from '../../core/lessons/lesson.ts';
import { levelSketch, sketchEpochs } from '../../core/lessons/sketch.ts';
import { lossText, percentText } from '../../core/text/number-text.ts';
import { CurveSketch } from '../../ui/chart/CurveSketch.tsx';
import type { LessonRuns } from './use-lesson.ts';

/** Props of {@link SketchPrediction}. */
export interface SketchPredictionProps {
  readonly lesson: Lesson;
  readonly prediction: Sketch;
  readonly runs: LessonRuns;
  /** The values at the epochs of the sketch; null before anything was drawn. */
  readonly sketch: readonly number[] | null;
  readonly locked: boolean;
  readonly onSketch: (sketch: readonly number[]) => void;
}

/** The validation curve as it is predicted; locked, and with the measured one over it, once the runs decide. */
export function SketchPrediction({ lesson, prediction, runs, sketch, locked, onSketch }: SketchPredictionProps) {
  const { figure, most, run } = prediction;
  const epochs = epochsOf(lesson, run);
  const values = sketch ?? levelSketch(epochs, most);
  const places = sketchEpochs(epochs);
  return (
    <>
      <CurveSketch
        label={`Validation ${figure}`}
        figure={figure}
        most={most}
        points={places.map((epoch, i) => ({ epoch, value: values[i] ?? 0 }))}
        measured={locked ? measuredValues(runs, prediction).map((value, i) => ({ epoch: i + 1, value })) : []}
        format={figure === 'accuracy' ? (value) => percentText(value, 0) : lossText}
        locked={locked}
        onPoint={(index, value) => onSketch(values.with(index, value))}
      />
      {locked ? (
        <p className="sketch-key">
          <span className="is-drawn">your sketch</span> <span className="is-measured">measured</span>
        </p>
      ) : (
        <p className="sketch-key">Draw on the chart; or choose a point with ← and →, and move it with ↑ and ↓.</p>
      )}
    </>
  );
}

/** How many epochs the run that is sketched has: the same on every device. */
function epochsOf({ runs }: Lesson, id: string): number {
  return runs.find((run) => run.id === id)?.setup.recipe.epochs ?? 1;
}

/** The validation values of the run that was sketched, epoch by epoch, as far as it is. */
export function measuredValues({ measured, current }: LessonRuns, { run, figure }: Sketch): readonly number[] {
  const found = measured.get(run) ?? (current?.id === run ? current.run : undefined);
  return (found?.epochs ?? []).map(({ validation }) => validation?.[figure] ?? Number.NaN);
}
