import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { CLASS_NAMES, className } from '../../core/dataset/classes.ts';
import type { Split } from '../../core/dataset/spec.ts';
import { type Evaluation, splitOf } from '../../core/evaluation/evaluation.ts';
import type { AnswerFilter } from '../../core/evaluation/mistakes.ts';
import {
  type ClassVotes,
  comparable,
  isUnanimous,
  type SharedMistake,
  sharedMistakes,
} from '../../core/evaluation/shared-mistakes.ts';
import { countText } from '../../core/text/number-text.ts';
import type { Run } from '../../state/run.ts';
import { useLab } from '../lab.tsx';
import { ImageGrid } from './ImageGrid.tsx';
import type { Judged, JudgedSet } from './judged.ts';

/** Props of {@link SharedGallery}. */
export interface SharedGalleryProps {
  readonly judged: Judged;
  /** The true class, and a wrong one that some run gave. */
  readonly filter: AnswerFilter;
  /** How many images show at first. */
  readonly page: number;
}

/** The images that this run and others get wrong: their label may be wrong, or they lie between classes. */
export function SharedGallery({ judged, filter, page }: SharedGalleryProps) {
  const { runs, mistakes } = useSharedMistakes(judged);
  if (runs < 2) return <Alone set={judged.set} />;
  const found = mistakes.filter((mistake) => passes(mistake, filter));
  if (found.length === 0) return <p className="nothing">No image is like that: nothing to show.</p>;
  return (
    <>
      <p className="gallery-count num">
        {countText(found.length)} of {countText(judged.evaluation.labels.length)} images are wrong in{' '}
        {runs === 2 ? 'both runs' : `at least 2 of ${runs} runs`}, {countText(found.filter(isUnanimous).length)} with
        the same answer from all
      </p>
      <p className="lede">
        Those come first: where all runs name the same other garment, the label itself may be wrong. Where runs
        disagree, the garment lies between classes.
      </p>
      <ImageGrid
        key={JSON.stringify(filter)}
        judged={judged}
        answers={found}
        page={page}
        className="gallery"
        nameOf={nameOf}
        caption={(mistake) => <Verdicts mistake={mistake} />}
      />
    </>
  );
}

/** What is missing before runs can be compared, and what to do. */
function Alone({ set }: { readonly set: JudgedSet }) {
  const isOnly = useStore(useLab().runs.store, ({ earlier }) => earlier.length === 0);
  if (isOnly) {
    return (
      <p className="nothing">
        This is the only run. Train a second one with another network or recipe: what both get wrong shows here.
      </p>
    );
  }
  const [asked, other] =
    set === 'test' ? ['measured on the test set', 'Validation'] : ['validated on these images', 'Test'];
  return (
    <p className="nothing">
      No other run was {asked}, or it gave the very same answers. Choose {other} above, or train another network or
      recipe: what several runs get wrong shows here.
    </p>
  );
}

/** How many runs can be compared on these images, and what at least two of them get wrong. */
function useSharedMistakes({ evaluation, split }: Judged) {
  const evaluations = useStore(
    useLab().runs.store,
    useShallow(({ earlier }) => [evaluation, ...earlier.flatMap((run) => answersTo(run, split) ?? [])]),
  );
  return useMemo(() => {
    const compared = comparable(evaluations);
    return { runs: compared.length, mistakes: sharedMistakes(compared) };
  }, [evaluations]);
}

/** What a run said of images of a split; null where it was never evaluated on them. */
function answersTo({ test, validation, draft }: Run, split: Split): Evaluation | null {
  const isOfSplit = (evaluation: Evaluation | null) =>
    evaluation !== null && splitOf(evaluation.set, draft.recipe.validateOn) === split;
  return [test, validation].find(isOfSplit) ?? null;
}

function passes({ label, said }: SharedMistake, filter: AnswerFilter): boolean {
  const wrong = said.map(({ predicted }) => predicted).filter((predicted) => predicted !== label);
  const hasLabel = filter.label === undefined || label === filter.label;
  return hasLabel && (filter.predicted === undefined || wrong.includes(filter.predicted));
}

/** The label, the wrong class that most runs give, how many do, and what the others say. */
function Verdicts({ mistake: { label, said, asked } }: { readonly mistake: SharedMistake }) {
  const [first, ...others] = said;
  if (first === undefined) return null;
  const rest = others.map(saidText).join(', ');
  return (
    <>
      {CLASS_NAMES[label]}
      <b>→ {CLASS_NAMES[first.predicted]}</b>
      {first.networks} of {asked} runs
      {rest !== '' && <span title={rest}>{rest}</span>}
    </>
  );
}

function saidText({ predicted, networks }: ClassVotes): string {
  return `${networks} ${className(predicted)}`;
}

/** `Pullover, 3 of 4 runs: Shirt, 1 Coat`. */
function nameOf({ label, said, asked }: SharedMistake): string {
  const [first, ...others] = said;
  if (first === undefined) return className(label);
  const head = `${className(label)}, ${first.networks} of ${asked} runs: ${className(first.predicted)}`;
  return [head, ...others.map(saidText)].join(', ');
}
