import { percentText } from '../core/text/number-text.ts';
import { Locked } from '../features/Locked.tsx';
import { useLab, useLabStatus, useRun } from '../features/lab.tsx';
import { stepOf, totalSteps } from '../state/run.ts';
import { isBusy } from '../state/runs.ts';
import { Button } from '../ui/form/Button.tsx';

/** Keeps the epoch and Pause in reach on a phone while another view is open. */
export function MiniPlayer() {
  const lab = useLab();
  const status = useLabStatus();
  const run = useRun((current) => current);
  if (run === null) return <div className="mini-player">{status === 'ready' ? 'Ready to train' : 'Getting ready'}</div>;
  const share = totalSteps(run) === 0 ? 0 : stepOf(run) / totalSteps(run);
  const accuracy = run.epochs.at(-1)?.validation?.accuracy;
  return (
    <div className="mini-player">
      <div className="tape" aria-hidden="true">
        {share > 0 && <i style={{ width: `${share * 100}%` }} />}
      </div>
      <span className="num grow">
        <b>
          Epoch {run.epochs.length} of {run.draft.recipe.epochs}
        </b>
      </span>
      {accuracy !== undefined && <span className="num mini-validation">val. {percentText(accuracy)}</span>}
      <Locked>
        {isBusy(status) && <Button variant="quiet" icon="pause" label="Pause training" onClick={lab.runs.toggle} />}
        {status === 'paused' && (
          <Button variant="quiet" icon="play" label="Resume training" onClick={lab.runs.toggle} />
        )}
      </Locked>
    </div>
  );
}
