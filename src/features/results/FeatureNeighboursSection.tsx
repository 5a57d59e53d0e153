import { useState } from 'react';
import { answererName, neighbourSource, neighbourVerdict } from '../../core/explaining/feature-neighbour-words.ts';
import type { Answerer, FeatureNeighbours } from '../../core/explaining/feature-neighbours.ts';
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
  readonly query: QueryImage;
  readonly label: number;
  /** What the current run took the image for. */
  readonly predicted: number;
  /** Its neighbours pixel by pixel; none while they are looked for. */
  readonly nearest: readonly Neighbour[];
}

/** The training images that the network finds most like an image, and what that says about the network. */
export function FeatureNeighboursSection(props: FeatureNeighboursSectionProps) {
  const [search, askAgain] = useFeatureNeighbours(props.query);
  // A newer run has not judged the image.
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
  const { askAgain } = props;
  switch (search.type) {
    case 'searching':
      return <Searching {...search} />;
    case 'found':
      return <Found found={search} {...props} />;
    case 'pixels':
      return (
        <p className="near-note">
          {sentence(answererName(search.by))} has no hidden layer: the last one before its output is the pixels
          themselves. So the images above are also those that it finds most alike.
        </p>
      );
    case 'noNetwork':
      return <p className="near-note">No network has been trained yet. Train one, and open this image again.</p>;
    case 'failed':
      return <p className="near-note">{search.message}</p>;
    case 'interrupted':
      return (
        <p className="near-note">
          Another search came first. <LinkButton onClick={askAgain}>Ask again</LinkButton>
        </p>
      );
    default:
      return search satisfies never;
  }
}

function Searching({ done, total }: { readonly done: number; readonly total: number }) {
  return (
    <>
      <p className="near-note num">
        {total === 0
          ? 'Waiting for the network.'
          : `The training images go through the network: ${countText(done)} of ${countText(total)}.`}
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

function Found({ found, query, label, predicted, nearest, judge, askAgain }: FoundProps) {
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
    label,
    predicted: by.run === judge ? predicted : null,
    pixelLabels: nearest.map((neighbour) => neighbour.label),
    hiddenLabels: others.map((neighbour) => neighbour.label),
    shared: others.filter(({ index }) => nearest.some((neighbour) => neighbour.index === index)).length,
  });
  return (
    <>
      <p className="near-note num">
        {neighbourSource(layer, by, neighbours.searched)} <Since by={by} askAgain={askAgain} />
      </p>
      <NeighbourRow neighbours={others} label={label} />
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

function sentence(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
