import { useMemo, useState } from 'react';
import { confusionOf } from '../../core/evaluation/confusion.ts';
import { difference, normalised } from '../../core/evaluation/confusion-order.ts';
import type { Run } from '../../state/run.ts';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { DiffMap } from '../../ui/matrix/DiffMap.tsx';
import { useAnswersOf } from '../answers.ts';

/** How the confusions of two runs differ, as shares of each true class. */
export function MatrixDifference({ runs }: { readonly runs: readonly Run[] }) {
  const [picked, setPicked] = useState<readonly [number, number]>();
  const [first, second] = pairOf(runs, picked);
  const compared = useMatrices(first, second);
  if (first === undefined || second === undefined) return null;
  const { sample } = first.draft.dataset.words;
  const choices = runs.map(({ number, name }) => ({ value: number, label: `${number} · ${name}` }));
  return (
    <>
      <div className="compare-bar">
        <h4>Difference of the confusion matrices</h4>
      </div>
      <div className="compare-pair">
        <SelectField
          label="Run"
          choices={choices}
          value={first.number}
          onChange={(number) => setPicked([number, second.number])}
        />
        <SelectField
          label="minus run"
          choices={choices}
          value={second.number}
          onChange={(number) => setPicked([first.number, number])}
        />
        {compared && (
          <p>{compared.set === 'test' ? 'On the test set.' : `Each on its own validation ${sample.many}.`}</p>
        )}
      </div>
      {compared === null && <p>One of the runs has no confusion matrix because it was never validated.</p>}
      {compared && (
        <DiffMap
          label={`Confusion of run ${first.number} minus run ${second.number}`}
          classes={first.draft.dataset.classes}
          values={difference(normalised(compared.first, 'row'), normalised(compared.second, 'row'))}
        />
      )}
    </>
  );
}

/** The runs picked, while both are among those compared; else the last one against the first. */
function pairOf(runs: readonly Run[], picked: readonly [number, number] | undefined) {
  const found = picked?.map((number) => runs.find((run) => run.number === number)) ?? [];
  return found.length === 2 && found.every(Boolean) ? found : [runs.at(-1), runs[0]];
}

/**
 * Two matrices of the same kind: on the test set where both runs were measured there, else on their validation sets. Null where
 * there are none, undefined while answers are being read.
 */
function useMatrices(first: Run | undefined, second: Run | undefined) {
  const a = useAnswersOf(first ?? null, 'test');
  const b = useAnswersOf(second ?? null, 'test');
  return useMemo(() => {
    if (a === undefined || b === undefined) return undefined;
    if (a && b) return { set: 'test', first: confusionOf(a), second: confusionOf(b) } as const;
    const [c, d] = [first, second].map((run) => run?.epochs.at(-1)?.confusion);
    return c && d ? ({ set: 'validation', first: c, second: d } as const) : null;
  }, [a, b, first, second]);
}
