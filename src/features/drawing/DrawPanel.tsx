import { useStore } from 'zustand';
import { CLASS_NAMES, className } from '../../core/classes.ts';
import { BarList } from '../../ui/BarList.tsx';
import { formatPercent } from '../../ui/format.ts';
import { useLab } from '../lab.tsx';

/** A pad to draw a garment on, and what the network takes it for. */
export function DrawPanel() {
  const { drawing } = useLab();
  const answer = useStore(drawing, (state) => state.answer);
  return (
    <div className="panel">
      <Headline probabilities={answer?.probabilities} />
      <BarList label="Prediction" classes={CLASS_NAMES} shares={answer?.probabilities} />
    </div>
  );
}

function Headline({ probabilities }: { readonly probabilities: Float32Array | undefined }) {
  if (probabilities === undefined) {
    return (
      <p className="answer">
        <b>No answer yet</b> <span>train first</span>
      </p>
    );
  }
  const order = Array.from(probabilities, (share, label) => ({ share, label })).sort((a, b) => b.share - a.share);
  const [first, second] = order;
  if (first === undefined || second === undefined) return null;
  return (
    <p className="answer">
      <b>
        {className(first.label)}, {formatPercent(first.share, 0)}
      </b>{' '}
      <span>
        {second.share < 0.005
          ? 'nothing else comes close'
          : `then ${className(second.label)}, ${formatPercent(second.share, 0)}`}
      </span>
    </p>
  );
}
