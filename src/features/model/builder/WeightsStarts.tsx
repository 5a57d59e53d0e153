import { type ChosenNetwork, type FileNotes, startsOf } from '../../../state/weights-choice.ts';
import { useDraft } from '../../lab.tsx';
import { countText, startText, unusedText } from './weights-words.ts';

/** Props of {@link WeightsStarts}. */
export interface WeightsStartsProps {
  readonly chosen: ChosenNetwork;
  /** Where they come from a file. */
  readonly notes?: FileNotes | undefined;
}

/** Layer by layer, what a run of the draft begins with where it takes the weights of a network. */
export function WeightsStarts({ chosen, notes }: WeightsStartsProps) {
  const draft = useDraft((state) => state);
  const starts = startsOf(chosen, draft);
  const unused = notes && unusedText(notes);
  if (starts.length === 0) return <p>Which layers take them is said as soon as the layers fit together.</p>;
  return (
    <>
      <p>{countText(starts)}</p>
      <dl>
        {starts.map((start) => (
          <div key={start.node.spec.id}>
            <dt>{start.node.name}</dt>
            <dd className={start.fresh === null ? undefined : 'is-new'}>{startText(start, chosen.source, notes)}</dd>
          </div>
        ))}
      </dl>
      {unused && <p>{unused}</p>}
      <p className="muted">
        The optimizer starts fresh. To keep weights as they are, freeze their layer: the lock is on its card.
      </p>
    </>
  );
}
