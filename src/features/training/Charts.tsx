import { useMemo, useState } from 'react';
import type { Judgement } from '../../core/evaluation/evaluation.ts';
import { countText } from '../../core/text/number-text.ts';
import { bestEpoch, epochMeans, type StepValues, stepCurve } from '../../core/training/curves.ts';
import { type Intervention, interventionsOf } from '../../state/live.ts';
import { type Run, stepOf } from '../../state/run.ts';
import { judgedCurve } from '../../state/run-figures.ts';
import { stepValues } from '../../state/run-steps.ts';
import { comparableWith } from '../../state/same-data.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { CurveChart } from '../../ui/chart/CurveChart.tsx';
import type { Ghost, Horizontal, XUnit } from '../../ui/chart/curve.ts';
import { Slider } from '../../ui/form/Slider.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { useQuestions, useRunsControl, useSteadyRuns } from '../lab.tsx';
import { groupLine, groupLineKey, seedGroups } from '../seed-groups.ts';
import { Term } from '../terms.tsx';
import { horizontalChoices, horizontalOf, placeOf } from '../x-axis.ts';
import { Key } from './Key.tsx';
import './charts.css';
import { Milestone } from './Milestone.tsx';
import { useVerdict, VerdictStrip } from './Verdict.tsx';

/** Weight of the past in the training line, as it starts. */
const SMOOTHING = 0.6;

/** The curves of the run, those of earlier runs behind them, and what they mean. */
export function Charts({ run }: { readonly run: Run }) {
  const [smoothing, setSmoothing] = useState(SMOOTHING);
  const [logarithmic, setLogarithmic] = useState(false);
  const verdict = useVerdict(run);
  const [unit, setUnit] = useState<XUnit>('epoch');
  const horizontal = useHorizontal(run, unit);
  const loss = useCurves(run, 'loss', unit);
  const accuracy = useCurves(run, 'accuracy', unit);
  const shared = {
    horizontal,
    epochs: run.draft.recipe.epochs,
    smoothing,
    best: bestEpoch(loss.validation),
    weightsOf: run.restoredEpoch ?? undefined,
    gap: verdict.gapSince !== null,
    interventions: useInterventions(run),
    paused: run.phase === 'paused' ? `paused, step ${countText(stepOf(run))}` : undefined,
  };
  return (
    <>
      <div className="chart-bar" id="charts">
        <Key line="training" />
        <Key line="validation" />
        {loss.judged.length > 0 && <Key line="training sample" />}
        {loss.ghosts.some(({ band }) => band === undefined) && <Key line="earlier runs" />}
        {loss.ghosts.some(({ band }) => band !== undefined) && <Key line="seeds: mean, range" />}
        <span className="grow" />
        <UnitPicker samples={run.draft.dataset.words.sample.many} unit={unit} onUnit={setUnit} />
        <span className="mini">
          Smoothing
          <Slider label="Smoothing" scale={SMOOTHING_SCALE} value={smoothing} onChange={setSmoothing} />
        </span>
        <Switch on={logarithmic} onChange={setLogarithmic}>
          Log loss
        </Switch>
      </div>
      <div className="charts">
        <CurveChart
          {...shared}
          {...accuracy}
          kind="accuracy"
          title={<Term>Accuracy</Term>}
          logarithmic={false}
          saveAs={`run ${run.number} accuracy`}
        />
        <CurveChart
          {...shared}
          {...loss}
          kind="loss"
          title={<Term>Loss</Term>}
          logarithmic={logarithmic}
          saveAs={`run ${run.number} loss`}
        />
      </div>
      <Milestone run={run} />
      <VerdictStrip draft={run.draft} verdict={verdict} />
    </>
  );
}

interface UnitPickerProps {
  readonly samples: string;
  readonly unit: XUnit;
  readonly onUnit: (unit: XUnit) => void;
}

/** What the x axis counts. */
function UnitPicker({ samples, unit, onUnit }: UnitPickerProps) {
  const choices = horizontalChoices(samples);
  return (
    <span className="selw">
      <select
        className="sel by"
        aria-label="Curves by"
        value={unit}
        onChange={(event) => onUnit(choices[event.currentTarget.selectedIndex]?.value ?? 'epoch')}
      >
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}

const SMOOTHING_SCALE = { kind: 'linear', min: 0, max: 0.95 } as const;

function useInterventions(run: Run): readonly Intervention[] {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of the run plays no part, and changes all the time.
  return useMemo(() => interventionsOf(run), [run.adjustments, run.stepsPerEpoch]);
}

/** The x axis. Only one that counts seconds moves while the run goes on. */
function useHorizontal(run: Run, unit: XUnit): Horizontal {
  const key = unit === 'seconds' ? run.seconds : `${unit} ${run.stepsPerEpoch} ${run.draft.recipe.epochs}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the axis depends on.
  return useMemo(() => horizontalOf(run, unit), [run.number, run.phase, unit, key]);
}

/** The lines of one chart: training of the run, validation of the run and of the runs before it. */
function useCurves(run: Run, figure: keyof Judgement, unit: XUnit) {
  const { stepsPerEpoch, draft, epochs } = run;
  const { curves } = useRunsControl();
  const { reportRefusal } = useQuestions();
  const values = stepValues(run, figure);
  const length = draft.recipe.epochs;
  const training = useMemo(() => linesOf(values, stepsPerEpoch, length), [values, stepsPerEpoch, length]);
  const exact = async () => {
    const whole = await curves.whole(run).catch(reportRefusal);
    return whole ? linesOf(stepValues(whole, figure), stepsPerEpoch, length) : null;
  };
  const validation = useMemo(() => judgedCurve(epochs, 'validation', figure), [epochs, figure]);
  const judged = useMemo(() => judgedCurve(epochs, 'trainSample', figure), [epochs, figure]);
  return { ...training, exact, validation, judged, ghosts: useGhosts(run, figure, unit) };
}

/** The lines of training: as it comes in, and of each epoch. */
function linesOf(values: StepValues, stepsPerEpoch: number, length: number) {
  return { trace: stepCurve(values, stepsPerEpoch, length), training: epochMeans(values, stepsPerEpoch) };
}

/** The other runs that are shown: those of the same data set, and as one line those that differ in their seed alone. They are the same objects until one of them changes. */
function useGhosts(run: Run, figure: keyof Judgement, unit: XUnit): readonly Ghost[] {
  const runs = useSteadyRuns();
  const shown = comparableWith(run, runs).filter(({ number, hidden }) => number !== run.number && !hidden);
  const groups = seedGroups(shown.toReversed());
  const key = groups.map(groupLineKey).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the ghosts depend on.
  return useMemo(
    () => groups.map((group) => ({ ...groupLine(group, 'validation', figure), place: placeOf(group[0], unit) })),
    [key, figure, unit],
  );
}
