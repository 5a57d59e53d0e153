import { classCountOf, classNameOf } from '../../core/dataset/spec.ts';
import { decimalText } from '../../core/text/number-text.ts';
import { Notice } from '../../ui/card/Notice.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { Slider } from '../../ui/form/Slider.tsx';
import type { Judged } from './judged.ts';
import { choiceFor, type ThresholdProps, USUAL_THRESHOLD } from './threshold.ts';
import './threshold.css';

/** Props of {@link ThresholdControls}. */
export interface ThresholdControlsProps extends ThresholdProps {
  readonly judged: Judged;
}

/** Which class is looked for, and from which probability on a sample counts as one of it. */
export function ThresholdControls({ judged, choice, onChoice }: ThresholdControlsProps) {
  const { dataset, split } = judged;
  const current = choiceFor(judged, choice);
  const { positive, threshold, moved, onTest } = current;
  const { sample } = dataset.words;
  const move = (next: number) =>
    onChoice({ ...current, threshold: next, moved: true, onTest: onTest || split === 'test' });
  return (
    <>
      <div className="threshold">
        <SelectField
          label="Positive class"
          choices={dataset.classes.map((label, value) => ({ label, value }))}
          value={positive}
          onChange={(next) => onChoice({ ...current, positive: next })}
          explanation={`The class that is looked for. ${classCountOf(dataset) === 2 ? 'The other one' : 'Any other one'} counts as negative.`}
        />
        <div className="threshold-slider">
          <div className="threshold-value">
            <span>
              Threshold <b className="num">{decimalText(threshold, 2)}</b>
            </span>
            {moved && (
              <Button size="sm" onClick={() => onChoice({ ...current, ...UNMOVED })}>
                Back to 0.5
              </Button>
            )}
          </div>
          <Slider
            label="Threshold"
            scale={{ kind: 'linear', min: 0, max: 1 }}
            value={threshold}
            snap={(value) => Math.round(value * 100) / 100}
            format={(value) => decimalText(value, 2)}
            onChange={move}
          />
        </div>
      </div>
      <p className="report-note">
        {`${article(sample.one)} counts as ${classNameOf(dataset, positive)} if its probability is at least ${decimalText(threshold, 2)}.`}
      </p>
      {onTest && (
        <Notice tone="info" title="This threshold was chosen by looking at the test set.">
          It suits these {sample.many} better than new ones, so the figures are too good. Go back to 0.5, choose it on
          the validation {sample.many}, and look at the test set once, at the end.
        </Notice>
      )}
    </>
  );
}

const UNMOVED = { threshold: USUAL_THRESHOLD, moved: false, onTest: false };

/** `A row`, `An image`, at the start of a sentence. */
function article(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'An' : 'A'} ${noun}`;
}
