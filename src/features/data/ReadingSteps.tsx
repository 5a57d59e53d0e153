import { countText } from '../../core/text/number-text.ts';
import type { MadeDataset } from '../../protocol/reading/reading.ts';
import { IdxSteps } from './IdxSteps.tsx';
import { ImagesSteps } from './ImagesSteps.tsx';
import { LeftOutList } from './LeftOutList.tsx';
import type { StepsProps } from './steps-props.ts';
import { TableSteps } from './TableSteps.tsx';
import type { ReadingControls } from './use-reading.ts';

/** Where the reading of files stands: what was found, what is to be chosen, how far it is, and what came of it. */
export function ReadingSteps({ state, preview, make }: ReadingControls) {
  switch (state.step) {
    case 'none':
    case 'refused':
      return null;
    case 'surveying':
      return <Progress {...state} />;
    case 'choosing':
    case 'making':
      return (
        <>
          {state.step === 'making' && <Progress {...state} />}
          {/* Hidden while the data set is made: what was chosen is still there if that fails. */}
          <div hidden={state.step === 'making'}>
            <Steps
              survey={state.survey}
              refusal={state.step === 'choosing' ? state.refusal : null}
              onPreview={preview}
              onMake={make}
            />
          </div>
        </>
      );
    case 'made':
      return <Made made={state.made} />;
    default:
      return state satisfies never;
  }
}

/** The steps of a kind of files. */
function Steps({ survey, ...props }: StepsProps) {
  switch (survey.kind) {
    case 'images':
      return <ImagesSteps survey={survey} {...props} />;
    case 'idx':
      return <IdxSteps survey={survey} {...props} />;
    case 'table':
      return <TableSteps survey={survey} {...props} />;
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
