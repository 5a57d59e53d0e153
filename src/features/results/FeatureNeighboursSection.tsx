import { useState } from 'react';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { answererName, neighbourSource, neighbourVerdict } from '../../core/explaining/feature-neighbour-words.ts';
import type { Answerer, FeatureNeighbours } from '../../core/explaining/feature-neighbours.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { countText } from '../../core/text/number-text.ts';
import { stepOf } from '../../state/run.ts';
import { LinkButton } from '../../ui/form/Button.tsx';
import { useRun } from '../lab.tsx';
import { NeighbourRow } from './NeighbourRow.tsx';
import {
  type FeatureSearch,
  NEAREST,
  type Neighbour,
  othersOf,
  type QueryImage,
  useFeatureNeighbours,
} from './use-neighbours.ts';

/** Props of {@link FeatureNeighboursSection}. */
export interface FeatureNeighboursSectionProps {
  readonly dataset: DatasetSpec;
  readonly query: QueryImage;
  readonly label: number;
  /** What the current run took the sample for. */
  readonly predicted: number;
  /** Its neighbours pixel by pixel; none while they are looked for. */
  readonly nearest: readonly Neighbour[];
}

/** The training samples that the network finds most like another, and what that says about the network. */
export function FeatureNeighboursSection(props: FeatureNeighboursSectionProps) {
  const [search, askAgain] = useFeatureNeighbours(props.query);
  // A newer run has not judged the sample.
  const [judge] = useState(useRun((run) => run?.number));
  return (
    <section aria-label="As the network sees them" aria-busy={search.type === 'searching'}>
      <Outcome search={search} judge={judge} askAgain={askAgain} {...props} />
    </section>
  );
}

interface OutcomeProps extends FeatureNeighboursSectionProps {
  readonly search: FeatureSearch;
  readonly judge: number | undefined;
  readonly askAgain: () => void;
}

function Outcome({ search, ...props }: OutcomeProps) {
  const { askAgain, dataset } = props;
  const { sample } = dataset.words;
  switch (search.type) {
    case 'searching':
      return <Searching {...search} many={sample.many} />;
    case 'found':
      return <Found found={search} {...props} />;
    case 'pixels':
      return (
        <p className="near-note">
          {capitalised(answererName(search.by))} has no hidden layer: the last one before its output is the{' '}
          {dataset.samples.kind === 'image' ? 'pixels' : 'values'} themselves. So the {sample.many} above are also those
          that it finds most alike.
        </p>
      );
    case 'noNetwork':
      return (
        <p className="near-note">{`No network has been trained yet. Train one, then open this ${sample.one} again.`}</p>
      );
    case 'failed':
      return <p className="near-note">{search.message}</p>;
    case 'interrupted':
      return (
        <p className="near-note">
          A newer search replaced this one. <LinkButton onClick={askAgain}>Ask again</LinkButton>
        </p>
      );
    default:
      return search satisfies never;
  }
}

interface SearchingProps {
  readonly done: number;
  readonly total: number;
  /** What samples are called. */
  readonly many: string;
}

function Searching({ done, total, many }: SearchingProps) {
  return (
    <>
      <p className="near-note num">
        {total === 0
          ? 'Waiting for the network.'
          : `Running the training ${many} through the network: ${countText(done)} of ${countText(total)}.`}
      </p>
      <div className="near" aria-hidden="true">
        {Array.from({ length: NEAREST }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same.
          <span key={i} className="tile sk" />
        ))}
      </div>
      <p className="near-verdict" />
    </>
  );
}

interface FoundProps extends Omit<OutcomeProps, 'search'> {
  readonly found: FeatureNeighbours & { readonly type: 'found' };
}

function Found({ found, dataset, query, label, predicted, nearest, judge, askAgain }: FoundProps) {
  const { by, layer, neighbours } = found;
  const others = othersOf(neighbours, query.own);
  if (others.length === 0) {
    return (
      <p className="near-note">
        The values of {layer.name} are not numbers any more, so nothing can be compared. Reset the run, and try a lower
        learning rate.
      </p>
    );
  }
  const verdict = neighbourVerdict({
    dataset,
    label,
    predicted: by.run === judge ? predicted : null,
    pixelLabels: nearest.map((neighbour) => neighbour.label),
    hiddenLabels: others.map((neighbour) => neighbour.label),
    shared: others.filter(({ index }) => nearest.some((neighbour) => neighbour.index === index)).length,
  });
  return (
    <>
      <p className="near-note num">
        {neighbourSource(layer, by, neighbours.searched, dataset)} <Since by={by} askAgain={askAgain} />
      </p>
      <NeighbourRow dataset={dataset} neighbours={others} label={label} />
      <p className="near-verdict" role="status">
        {nearest.length > 0 && verdict}
      </p>
    </>
  );
}

/** Says if the run has trained further since it was asked. */
function Since({ by, askAgain }: { readonly by: Answerer; readonly askAgain: () => void }) {
  const since = useRun((run) => (run === null || run.number !== by.run ? 0 : stepOf(run) - by.step));
  if (since <= 0) return null;
  return (
    <>
      It has taken {countText(since)} {since === 1 ? 'step' : 'steps'} since.{' '}
      <LinkButton onClick={askAgain}>Ask again</LinkButton>
    </>
  );
}
