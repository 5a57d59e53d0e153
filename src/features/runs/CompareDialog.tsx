import { useState } from 'react';
import { listOf } from '../../core/text/nouns.ts';
import type { Run } from '../../state/run.ts';
import type { JudgedSet } from '../../state/run-figures.ts';
import { comparableWith } from '../../state/same-data.ts';
import { Chip, Segmented, Switch } from '../../ui/form/Toggle.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { useSteadyRuns } from '../lab.tsx';
import { BAND_SENTENCE, type SeedGroup, seedGroups } from '../seed-groups.ts';
import { ComparedCurves } from './ComparedCurves.tsx';
import { ComparisonTable } from './ComparisonTable.tsx';
import { GroupDifferences } from './GroupDifferences.tsx';
import { GroupName } from './GroupName.tsx';
import { MatrixDifference } from './MatrixDifference.tsx';
import { RepeatRuns } from './RepeatRuns.tsx';
import './compare.css';

/** More lines than these would be hard to read. */
const MOST = 5;

/** Runs compared: their curves on common axes, how they differ, and what they confuse. */
export function CompareDialog({ onClose }: { readonly onClose: () => void }) {
  const runs = useSteadyRuns();
  const [numbers, setNumbers] = useState<readonly number[]>(() => firstChoice(runs));
  const [set, setSet] = useState<JudgedSet>('validation');
  const [all, setAll] = useState(false);
  const [together, setTogether] = useState(true);
  const groups = together ? seedGroups(runs) : runs.map((run) => [run] as const);
  const isChosen = (group: SeedGroup) => group.some(({ number }) => numbers.includes(number));
  const chosenGroups = groups.filter(isChosen).toReversed();
  const chosen = chosenGroups.flat();
  const [first] = chosen;
  const possible = first === undefined ? runs : comparableWith(first, runs);
  const toggle = (group: SeedGroup, on: boolean) => {
    const others = numbers.filter((number) => group.every((run) => run.number !== number));
    setNumbers(on ? [...others, ...group.map(({ number }) => number)] : others);
  };
  return (
    <Dialog className="compare" title="Compare runs" onClose={onClose} closeWord="Close">
      <div className="chips compare-runs">
        {groups.map((group) => {
          const [run] = group;
          const on = isChosen(group);
          return (
            <Chip
              key={run.number}
              on={on}
              disabled={!on && (chosenGroups.length >= MOST || !possible.includes(run))}
              onChange={(next) => toggle(group, next)}
            >
              <GroupName group={group} />
            </Chip>
          );
        })}
      </div>
      {first !== undefined && possible.length < runs.length && <p className="muted">{refusal(first, runs)}</p>}
      {chosen.length < 2 ? (
        <p>Choose two or more runs.</p>
      ) : (
        <>
          <div className="compare-bar">
            <Segmented label="Curves show" choices={SETS} value={set} onChange={setSet} />
            <span className="grow" />
            {seedGroups(runs).length < runs.length && (
              <Switch on={together} onChange={setTogether}>
                Seeds as one
              </Switch>
            )}
          </div>
          <ComparedCurves groups={chosenGroups} set={set} />
          {chosenGroups.some(({ length }) => length > 1) && <p className="muted">{BAND_SENTENCE}</p>}
          <div className="compare-bar">
            <h4>What is different</h4>
            <span className="grow" />
            <Switch on={all} onChange={setAll}>
              Show what is the same
            </Switch>
          </div>
          <ComparisonTable groups={chosenGroups} all={all} />
          <MatrixDifference runs={chosen} />
          <h4>Is it chance?</h4>
          <GroupDifferences groups={chosenGroups} />
          <RepeatRuns key={numbers.join()} runs={chosen} />
        </>
      )}
    </Dialog>
  );
}

const SETS = [
  { value: 'validation', label: 'Validation' },
  { value: 'trainSample', label: 'Training sample' },
] as const;

/** Why some runs cannot be chosen beside one. */
function refusal(chosen: Run, runs: readonly Run[]): string {
  const { title } = chosen.draft.dataset;
  const titles = new Set(runs.map(({ draft }) => draft.dataset.title));
  titles.delete(title);
  const others = titles.size === 0 ? 'other data' : listOf([...titles]);
  return `Runs on ${others} cannot be compared with runs on ${title}: the classes are different.`;
}

/** The newest run against the pinned ones, or against the one before it that differs in more than its seed, of the same data set. */
function firstChoice(runs: readonly Run[]): readonly number[] {
  const [newest] = runs;
  if (newest === undefined) return [];
  const others = comparableWith(newest, runs).slice(1);
  const repeats: readonly Run[] = seedGroups(runs).find((group) => group.includes(newest)) ?? [];
  const pinned = others.filter((run) => run.pinned).slice(0, MOST - 1);
  const before = others.find((run) => !repeats.includes(run)) ?? others[0];
  const beside = pinned.length > 0 || before === undefined ? pinned : [before];
  return [newest, ...beside].map(({ number }) => number);
}
