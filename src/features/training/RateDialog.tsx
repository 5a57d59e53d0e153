import { useState } from 'react';
import { waitingText } from '../../core/dataset/sample-words.ts';
import { countOf } from '../../core/text/nouns.ts';
import { briefText, lossText, rateText } from '../../core/text/number-text.ts';
import { RATE_RANGE, type RateRange } from '../../core/training/rate-range.ts';
import { SCHEDULES } from '../../core/training/schedule.ts';
import { isBusy } from '../../state/runs.ts';
import { isTrainable } from '../../state/trainable.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { useDatasetSpec, useDraft, useLab, useLabStatus } from '../lab.tsx';
import { WithTerms } from '../terms.tsx';
import { RangePlot } from './RangePlot.tsx';
import { type RateTest, useRateTest } from './use-rate-test.ts';
import './rate-dialog.css';

/** Finds a learning rate for the draft: the rate rises from step to step, and the loss shows which ones train. */
export function RateDialog({ onClose }: { readonly onClose: () => void }) {
  const test = useRateTest();
  const blocked = useBlocked();
  const isRunning = test.state === 'running';
  return (
    <Dialog
      className="rate-dialog"
      title="Find a learning rate"
      onClose={onClose}
      closeWord="Close"
      actions={
        isRunning ? (
          <Button variant="outline" icon="pause" onClick={test.stop}>
            Stop the test
          </Button>
        ) : (
          <Button
            variant={test.state === 'done' ? 'outline' : 'primary'}
            icon="play"
            blocked={blocked}
            onClick={test.start}
          >
            {test.state === 'done' ? 'Test again' : 'Start the test'}
          </Button>
        )
      }
    >
      <p>
        <WithTerms>
          {`A new network takes up to ${RATE_RANGE.steps} steps while the learning rate rises from ${briefText(RATE_RANGE.from)} to ${briefText(RATE_RANGE.to)}. Runs stay as they are: the test makes none, and its network is thrown away.`}
        </WithTerms>
      </p>
      {test.range.points.length > 0 && <RangePlot range={test.range} label={inWords(test.range)} />}
      <Result test={test} />
    </Dialog>
  );
}

/** Why no test can start now, as a sentence. */
function useBlocked(): string | undefined {
  const status = useLabStatus();
  const trainable = useDraft(isTrainable);
  const dataset = useDatasetSpec();
  if (status === 'loading') return waitingText(dataset);
  if (isBusy(status)) return 'A run is under way. Let it finish, or pause it first.';
  return trainable
    ? undefined
    : 'The network cannot be trained yet. The red card says what is wrong and how to fix it.';
}

const STEPS = { one: 'step', many: 'steps' };

function Result({ test }: { readonly test: RateTest }) {
  const { state, range, problem } = test;
  if (state === 'idle') return null;
  if (problem !== null)
    return (
      <p className="field-error" role="alert">
        {problem}
      </p>
    );
  const taken = countOf(range.points.length, STEPS);
  return (
    <>
      <p role="status">{state === 'running' ? `${taken} of ${RATE_RANGE.steps} taken …` : inWords(range)}</p>
      {state === 'done' && range.suggestion !== null && <Suggestion rate={range.suggestion} />}
    </>
  );
}

/** What came of a test. */
function inWords({ points, lowest, divergedAt, suggestion }: RateRange): string {
  const diverged = divergedAt === null ? '' : ` At ${roughly(divergedAt)} it diverged, and the test ended.`;
  if (lowest === null || suggestion === null)
    return `In ${countOf(points.length, STEPS)} the loss hardly fell at any rate, so there is nothing to suggest.${diverged}`;
  return `The smoothed loss fell to ${lossText(lowest.smooth)} at a rate of ${roughly(lowest.rate)} before it rose again.${diverged}`;
}

/** Two digits: neighbouring steps of the test differ in the second. */
function roughly(rate: number): string {
  return rateText(Number(rate.toPrecision(2)));
}

/** The rate to use, why, and the way back. */
function Suggestion({ rate }: { readonly rate: number }) {
  const { draft } = useLab();
  const { learningRate, schedule } = useDraft(({ recipe }) => recipe);
  const [used, setUsed] = useState(false);
  const use = () => {
    draft.setRecipe({ learningRate: rate }, `use the learning rate ${rateText(rate)}`);
    setUsed(true);
  };
  const undo = () => {
    draft.undo();
    setUsed(false);
  };
  const isUsed = learningRate === rate;
  return (
    <>
      <p>
        <strong>Suggested: {rateText(rate)}.</strong> It is a quarter of the rate with the lowest loss: near the largest
        that trains, with room for what a long run makes harder. The test and the rule are of{' '}
        <a href="https://arxiv.org/abs/1506.01186" target="_blank" rel="noreferrer">
          Smith, 2017, section 3.3
        </a>
        .{schedule.kind !== 'constant' && ` The schedule “${SCHEDULES[schedule.kind].title}” starts from it.`}
      </p>
      <p className="rate-use">
        <Button variant="primary" icon="check" disabled={isUsed} onClick={use}>
          Use this rate
        </Button>
        {isUsed && <span role="status">The recipe has this rate.</span>}
        {isUsed && used && (
          <Button variant="quiet" icon="undo" onClick={undo}>
            Undo
          </Button>
        )}
      </p>
    </>
  );
}
