import { useMemo, useState } from 'react';
import { classNameOf, type DatasetSpec } from '../../core/dataset/spec.ts';
import { type AnswerFilter, answersOf, filtered, sorted } from '../../core/evaluation/mistakes.ts';
import { countOf } from '../../core/text/nouns.ts';
import { countText, decimalText, percentText } from '../../core/text/number-text.ts';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { ImageGrid } from './ImageGrid.tsx';
import { NoSample, SharedGallery } from './SharedGallery.tsx';
import { Source } from './Source.tsx';
import { type Decided, decided, type ThresholdProps } from './threshold.ts';

/** Which answers of this run to look at, and in what order. */
type Own = 'confidentErrors' | 'unsureErrors' | 'unsureHits';

type Show = Own | 'shared';

const SHOWS: readonly { readonly value: Show; readonly label: string }[] = [
  { value: 'confidentErrors', label: 'most confident errors' },
  { value: 'unsureErrors', label: 'least confident errors' },
  { value: 'unsureHits', label: 'least confident hits' },
  { value: 'shared', label: 'wrong in several runs' },
];

/** Ranges of the probability of the predicted class. */
const CONFIDENCES: readonly { readonly value: AnswerFilter['confidence']; readonly label: string }[] = [
  { value: undefined, label: 'any' },
  { value: [0.9, 1], label: '90\u202f% or more' },
  { value: [0.5, 0.9], label: '50 to 90\u202f%' },
  { value: [0, 0.5], label: '50\u202f% or less' },
];

function classChoices({ classes }: DatasetSpec) {
  return [{ value: undefined, label: 'any' }, ...classes.map((label, value) => ({ value, label }))];
}

/**
 * The samples that the network gets wrong, or only just right, or that several runs get wrong. Of two classes it follows the
 * threshold, but for what several runs share: those are all taken at their largest output.
 */
export function MistakesPanel({ choice = null }: Partial<Pick<ThresholdProps, 'choice'>>) {
  const [label, setLabel] = useState<number | undefined>();
  const [predicted, setPredicted] = useState<number | undefined>();
  const [confidence, setConfidence] = useState<AnswerFilter['confidence']>();
  const [show, setShow] = useState<Show>('confidentErrors');
  return (
    <Source>
      {(judged) => (
        <>
          <div className="filters">
            <SelectField label="Show" choices={SHOWS} value={show} onChange={setShow} />
            <SelectField
              label="Confidence"
              choices={CONFIDENCES}
              value={confidence}
              onChange={setConfidence}
              disabled={show === 'shared'}
            />
            <SelectField label="True" choices={classChoices(judged.dataset)} value={label} onChange={setLabel} />
            <SelectField
              label="Predicted"
              choices={classChoices(judged.dataset)}
              value={predicted}
              onChange={setPredicted}
            />
          </div>
          {show === 'shared' ? (
            <SharedGallery judged={judged} filter={{ label, predicted }} page={PAGE} />
          ) : (
            <Gallery judged={decided(judged, choice)} filter={{ label, predicted, confidence }} show={show} />
          )}
        </>
      )}
    </Source>
  );
}

const PAGE = 16;

function Gallery({ judged, filter, show }: { judged: Decided; filter: AnswerFilter; show: Own }) {
  const outcome = show === 'unsureHits' ? 'right' : 'wrong';
  const order = show === 'confidentErrors' ? 'mostConfident' : 'leastConfident';
  const { evaluation, decision } = judged;
  const all = useMemo(() => answersOf(evaluation, decision), [evaluation, decision]);
  const answers = sorted(filtered(all, { ...filter, outcome }), order);
  const { dataset } = judged;
  const { sample } = dataset.words;
  if (answers.length === 0) return <NoSample one={sample.one} />;
  const noun = outcome === 'wrong' ? 'mistakes' : 'right answers';
  const rule = decision === null ? '' : ` at threshold ${decimalText(decision.threshold, 2)}`;
  return (
    <>
      <p className="gallery-count num">
        {`${countText(answers.length)} ${noun} in ${countOf(evaluation.labels.length, sample)}${rule}`}
      </p>
      <ImageGrid
        key={JSON.stringify([filter, show])}
        judged={judged}
        answers={answers}
        page={PAGE}
        className="gallery"
        caption={(answer) => (
          <>
            {classNameOf(dataset, answer.label)}
            <b>→ {classNameOf(dataset, answer.predicted)}</b>
            {percentText(answer.confidence)} sure
          </>
        )}
      />
    </>
  );
}
