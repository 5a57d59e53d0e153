import { classNameOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import { probabilityText } from '../../core/text/number-text.ts';
import type { PredictedAnswer } from '../../protocol/requests.ts';

/** Props of {@link Answer}. */
export interface AnswerProps {
  readonly dataset: DatasetSpec;
  readonly drawn: boolean;
  readonly answer: PredictedAnswer | null;
  /** Whether the drawing is unlike the data: a guess is then no more than that. */
  readonly isUnlike: boolean;
}

/** The two likeliest classes in words. */
export function Answer({ dataset, drawn, answer, isUnlike }: AnswerProps) {
  if (answer === null) {
    return (
      <p className="answer">
        <b>No answer yet</b> <span>{drawn ? 'train a network first' : 'draw something'}</span>
      </p>
    );
  }
  const order = Array.from(answer.probabilities, (share, label) => ({ share, label }));
  const [first, second] = order.sort((a, b) => b.share - a.share);
  if (first === undefined || second === undefined) return null;
  const [name, next] = [first, second].map(({ label }) => classNameOf(dataset, label));
  if (isUnlike) {
    return (
      <p className="answer">
        <b>Perhaps {name}</b> <span>a guess: it has seen nothing like this</span>
      </p>
    );
  }
  return (
    <p className="answer">
      <b>
        {name}, {probabilityText(first.share, 0)}
      </b>{' '}
      <span>
        {second.share < 0.005 ? 'nothing else comes close' : `then ${next}, ${probabilityText(second.share, 0)}`}
      </span>
    </p>
  );
}
