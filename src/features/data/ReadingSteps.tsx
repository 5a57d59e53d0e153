import type { LeftOut } from '../../core/dataset/left-out.ts';
import { countText } from '../../core/text/number-text.ts';
import type { MadeDataset, ReadingChoices, Survey } from '../../protocol/reading/reading.ts';
import type { ReadingControls } from './use-reading.ts';

/** Props of the steps of one kind of files. */
export interface StepsProps<S extends Survey = Survey> {
  readonly survey: S;
  /** Why the last attempt failed; null where there was none. */
  readonly refusal: string | null;
  readonly onMake: (choices: ReadingChoices) => void;
  readonly onCancel: () => void;
}

/** Where the reading of files stands: what was found, what is to be chosen, how far it is, and what came of it. */
export function ReadingSteps({ state, make, cancel }: ReadingControls) {
  switch (state.step) {
    case 'none':
    case 'refused':
      return null;
    case 'surveying':
    case 'making':
      return <Progress {...state} />;
    case 'choosing':
      return <Steps survey={state.survey} refusal={state.refusal} onMake={make} onCancel={cancel} />;
    case 'made':
      return <Made made={state.made} />;
    default:
      return state satisfies never;
  }
}

/** The steps of a kind of files. */
function Steps({ survey }: StepsProps) {
  switch (survey.kind) {
    case 'images':
    case 'idx':
    case 'table':
      return null;
    default:
      return survey satisfies never;
  }
}

interface ProgressProps {
  readonly step: 'surveying' | 'making';
  readonly done: number;
  readonly total: number;
}

function Progress({ step, done, total }: ProgressProps) {
  const what = step === 'surveying' ? 'Looking at the files' : 'Making the data set';
  return (
    <div className="reading-progress" role="status">
      <span>
        {what}
        {total > 0 && `: ${countText(done)} of ${countText(total)}`}
      </span>
      <progress aria-label={what} {...(total > 0 && { value: done, max: total })} />
    </div>
  );
}

function Made({ made: { dataset, leftOut, notes } }: { readonly made: MadeDataset }) {
  const { title, splits, words } = dataset.spec;
  return (
    <div role="status">
      <p>
        <b>{title} is open</b>: {countText(splits.train)} {words.sample.many} to train on and {countText(splits.test)}{' '}
        to test on.
      </p>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <LeftOutList leftOut={leftOut} />
    </div>
  );
}

/** More than so many are counted only. */
const SHOWN = 200;

/** What of the files is not in the data set, and why. */
export function LeftOutList({ leftOut }: { readonly leftOut: readonly LeftOut[] }) {
  if (leftOut.length === 0) return null;
  return (
    <details className="left-out">
      <summary>{countText(leftOut.length)} left out</summary>
      <ul>
        {leftOut.slice(0, SHOWN).map(({ what, why }) => (
          <li key={what}>
            <b>{what}</b> {why}
          </li>
        ))}
        {leftOut.length > SHOWN && <li>and {countText(leftOut.length - SHOWN)} more</li>}
      </ul>
    </details>
  );
}
