import { countText, percentText } from '../../core/text/number-text.ts';
import type { PredictedAnswer } from '../../protocol/requests.ts';

/** Props of {@link WhoAnswers}. */
export interface WhoAnswersProps {
  readonly answer: PredictedAnswer | null;
  /** What to do while there is no answer. */
  readonly prompt: string;
}

/** Which network answers, and how far it is trained. */
export function WhoAnswers({ answer, prompt }: WhoAnswersProps) {
  return (
    <div className="source">
      {answer === null ? prompt : whoAnswers(answer)}
      <span className="grow" />
      {answer !== null && <span className="num">{howTrained(answer)}</span>}
    </div>
  );
}

function whoAnswers({ run }: PredictedAnswer): string {
  return run === 'shipped' ? 'A network trained in advance answers' : `Run ${run} answers`;
}

function howTrained({ step, testAccuracy }: PredictedAnswer): string {
  if (testAccuracy !== null) return `test ${percentText(testAccuracy)}`;
  return `weights of step ${countText(step)}`;
}
