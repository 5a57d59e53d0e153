import { useMemo } from 'react';
import { useStore } from 'zustand';
import { classNoun } from '../../core/dataset/sample-words.ts';
import { classNameOf, type DatasetSpec, type Split } from '../../core/dataset/spec.ts';
import { splitOf } from '../../core/evaluation/evaluation.ts';
import type { AnswerFilter } from '../../core/evaluation/mistakes.ts';
import {
  type ClassVotes,
  comparable,
  isUnanimous,
  type SharedMistake,
  sharedMistakes,
} from '../../core/evaluation/shared-mistakes.ts';
import { countOf } from '../../core/text/nouns.ts';
import { countText } from '../../core/text/number-text.ts';
import type { Run } from '../../state/run.ts';
import { isRunOf } from '../../state/same-data.ts';
import { type AnswersWanted, useAnswers } from '../answers.ts';
import { useLab, useSteadyRuns } from '../lab.tsx';
import { ImageGrid } from './ImageGrid.tsx';
import type { Judged } from './judged.ts';
import { type RowRemarks, remark } from './RowGrid.tsx';

/** Props of {@link SharedGallery}. */
export interface SharedGalleryProps {
  readonly judged: Judged;
  /** The true class, and a wrong one that some run gave. */
  readonly filter: AnswerFilter;
  /** How many samples show at first. */
  readonly page: number;
}

/** The samples that this run and others get wrong: their label may be wrong, or they lie between classes. */
export function SharedGallery({ judged, filter, page }: SharedGalleryProps) {
  const shared = useSharedMistakes(judged);
  const { dataset } = judged;
  const { sample, subject } = dataset.words;
  if (shared === undefined) return null;
  const { runs, mistakes } = shared;
  if (runs < 2) return <Alone judged={judged} />;
  const found = mistakes.filter((mistake) => passes(mistake, filter));
  if (found.length === 0) return <NoSample one={sample.one} />;
  return (
    <>
      <p className="gallery-count num">
        {countText(found.length)} of {countOf(judged.evaluation.labels.length, sample)} are wrong in{' '}
        {runs === 2 ? 'both runs' : `at least 2 of ${runs} runs`}, {countText(found.filter(isUnanimous).length)} with
        the same answer from all
      </p>
      <p className="lede">
        Those come first: where all runs name the same other {classNoun(dataset).one}, the label itself may be wrong.
        Where runs disagree, the {subject.one} looks like more than one class.
      </p>
      <ImageGrid
        key={JSON.stringify(filter)}
        judged={judged}
        answers={found}
        page={page}
        className="gallery"
        nameOf={(mistake) => nameOf(mistake, dataset)}
        remarks={sharedRemarks(dataset)}
        caption={(mistake) => <Verdicts mistake={mistake} dataset={dataset} />}
      />
    </>
  );
}

/** What a row is, what most of the runs said that were wrong, and how many did. */
function sharedRemarks(dataset: DatasetSpec): RowRemarks<SharedMistake> {
  return {
    heads: ['True', 'Said', 'Runs'],
    of: ({ label, said: [first], asked }) => [
      remark(classNameOf(dataset, label)),
      { ...remark(first === undefined ? '' : classNameOf(dataset, first.predicted)), strong: true },
      { text: `${first?.networks ?? 0} of ${asked}`, value: first?.networks ?? 0 },
    ],
  };
}

/** Says that nothing passes the filter. */
export function NoSample({ one }: { readonly one: string }) {
  return <p className="nothing">{`No ${one} matches these filters.`}</p>;
}

/** What is missing before runs can be compared, and what to do. */
function Alone({ judged: { set, dataset } }: Pick<SharedGalleryProps, 'judged'>) {
  const runs = useSteadyRuns();
  if (runs.length < 2) {
    return (
      <p className="nothing">
        This is the only run. Train a second one with another network or recipe: the mistakes that both make are then
        shown here.
      </p>
    );
  }
  if (runs.filter((run) => isRunOf(run, dataset)).length < 2) {
    return (
      <p className="nothing">
        {`The other runs used another data set, so they cannot be compared with this one. Train a second run on ${dataset.title}: the mistakes that both make are then shown here.`}
      </p>
    );
  }
  const { many } = dataset.words.sample;
  const [asked, other] =
    set === 'test' ? ['measured on the test set', 'Validation'] : [`validated on these ${many}`, 'Test'];
  return (
    <p className="nothing">
      No other run was {asked}, or it gave the very same answers. Choose {other} above, or train another network or
      recipe: what several runs get wrong shows here.
    </p>
  );
}

/** How many runs can be compared on these samples, and what at least two of them get wrong; undefined while answers are being read. */
function useSharedMistakes({ evaluation, split, dataset }: Judged) {
  const earlier = useStore(useLab().runs.store, (runs) => runs.earlier);
  const wanted = useMemo(
    () => earlier.filter((run) => isRunOf(run, dataset)).flatMap((run) => answersTo(run, split) ?? []),
    [earlier, dataset, split],
  );
  const evaluations = useAnswers(wanted);
  return useMemo(() => {
    if (evaluations === undefined) return undefined;
    const compared = comparable([evaluation, ...evaluations.filter((each) => each !== null)]);
    return { runs: compared.length, mistakes: sharedMistakes(compared) };
  }, [evaluation, evaluations]);
}

/** Which answers of a run are about samples of a split; null where it was never evaluated on them. */
function answersTo(run: Run, split: Split): AnswersWanted | null {
  const { validateOn } = run.draft.recipe;
  const set = (['test', 'validation'] as const).find(
    (each) => run[each] !== null && splitOf(each, validateOn) === split,
  );
  return set === undefined ? null : { run, set };
}

function passes({ label, said }: SharedMistake, filter: AnswerFilter): boolean {
  const wrong = said.map(({ predicted }) => predicted).filter((predicted) => predicted !== label);
  const hasLabel = filter.label === undefined || label === filter.label;
  return hasLabel && (filter.predicted === undefined || wrong.includes(filter.predicted));
}

interface VerdictsProps {
  readonly mistake: SharedMistake;
  readonly dataset: DatasetSpec;
}

/** The label, the wrong class that most runs give, how many do, and what the others say. */
function Verdicts({ mistake: { label, said, asked }, dataset }: VerdictsProps) {
  const [first, ...others] = said;
  if (first === undefined) return null;
  const rest = others.map((votes) => saidText(votes, dataset)).join(', ');
  return (
    <>
      {classNameOf(dataset, label)}
      <b>→ {classNameOf(dataset, first.predicted)}</b>
      {first.networks} of {asked} runs
      {rest !== '' && <span title={rest}>{rest}</span>}
    </>
  );
}

function saidText({ predicted, networks }: ClassVotes, dataset: DatasetSpec): string {
  return `${networks} ${classNameOf(dataset, predicted)}`;
}

/** `Cat, 3 of 4 runs: Dog, 1 Fox`. */
function nameOf({ label, said, asked }: SharedMistake, dataset: DatasetSpec): string {
  const [first, ...others] = said;
  const name = classNameOf(dataset, label);
  if (first === undefined) return name;
  const head = `${name}, ${first.networks} of ${asked} runs: ${classNameOf(dataset, first.predicted)}`;
  return [head, ...others.map((votes) => saidText(votes, dataset))].join(', ');
}
