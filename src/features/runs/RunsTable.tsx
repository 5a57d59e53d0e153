import { memo, type ReactNode, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { OwnTest } from '../../core/dataset/own-test.ts';
import { countOf } from '../../core/text/nouns.ts';
import { clockText, percentText } from '../../core/text/number-text.ts';
import { diffText, runDiff } from '../../core/training/run-diff.ts';
import { briefSourceText } from '../../core/training/weights-origin.ts';
import { presetById } from '../../datasets/catalogue.ts';
import { isEdited } from '../../state/draft.ts';
import { interventionsOf, interventionText } from '../../state/live.ts';
import type { Run } from '../../state/run.ts';
import { isRunOf } from '../../state/same-data.ts';
import { classNames } from '../../ui/base/class-names.ts';
import { useRowsInView } from '../../ui/base/use-rows-in-view.ts';
import { GapMark, RunNumber } from '../../ui/card/RunMark.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { Splitter } from '../../ui/form/Splitter.tsx';
import { Toast } from '../../ui/overlay/Toast.tsx';
import { useDatasetSpec, useIsAvailable, useRun, useRunsControl, useSteadyRuns } from '../lab.tsx';
import { useShownOwnTest } from '../own-test.ts';
import { Term } from '../terms.tsx';
import { OwnShare } from './OwnShare.tsx';
import { RunName } from './RunName.tsx';
import { RunsTools } from './RunsTools.tsx';
import './runs-table.css';
import { useRunsHeight } from './use-runs-height.ts';

/** Every run: what sets it apart from the one before, how it did, and what can be done with it. */
export function RunsTable({ tools }: { readonly tools?: ReactNode }) {
  const runs = useSteadyRuns();
  const [deleted, setDeleted] = useState<{ readonly run: Run; readonly undo: () => void }>();
  const wrap = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useRunsHeight();
  const own = useShownOwnTest();
  const { first, end, above, below } = useRowsInView(wrap, runs.length);
  return (
    <>
      <Splitter label="Charts and runs" below={wrap} height={height} least={84} onHeight={setHeight} />
      <div
        className="runs-wrap scroll"
        ref={wrap}
        style={height === null ? undefined : { '--runs-height': `${height}px` }}
      >
        {/* Rows out of view are not there, only their height is. */}
        <div style={{ paddingTop: above, paddingBottom: below }}>
          <table
            className={classNames('runs', own !== null && 'runs-own')}
            aria-label="Runs"
            aria-rowcount={runs.length + 1}
          >
            <RunsHead own={own}>
              {tools}
              <RunsTools />
            </RunsHead>
            <tbody>
              {runs.slice(first, end).map((run, i) => (
                <RunRow
                  key={run.number}
                  run={run}
                  before={runs.slice(first + i + 1).find((other) => isRunOf(other, run.draft.dataset))}
                  place={first + i + 2}
                  own={own}
                  onDelete={setDeleted}
                />
              ))}
            </tbody>
          </table>
        </div>
        {deleted && (
          <Toast
            key={deleted.run.number}
            message={`Run ${deleted.run.number} deleted`}
            onUndo={deleted.undo}
            onDone={() => setDeleted(undefined)}
          />
        )}
      </div>
    </>
  );
}

/** The column of the test set of the user's own, which is there only where there is one. */
const OWN = 'r c-own';

const HEADS = [
  { name: 'Shown', className: 'c-eye' },
  { name: 'Run', className: 'c-run' },
  { name: 'Changed', className: 'c-diff' },
  { name: 'Epochs', className: 'r c-ep' },
  { name: 'Gap', className: 'c-gap' },
  { name: 'Tr. sample', className: 'r c-train' },
  { name: 'Val.', className: 'r c-val' },
  { name: 'Test', className: 'r c-test' },
  { name: 'Mine', className: OWN },
  { name: 'Time', className: 'r c-time' },
  { name: '', className: 'c-act' },
] as const;

function RunsHead({ own, children }: { readonly own: OwnTest | null; readonly children: ReactNode }) {
  const heads = HEADS.filter(({ className }) => own !== null || className !== OWN);
  return (
    <>
      <colgroup>
        {heads.map(({ className }) => (
          <col key={className} className={className.split(' ').at(-1)} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {heads.map(({ name, className }) => (
            <th key={className} scope="col" className={className}>
              {className === OWN && own !== null ? (
                <OwnHead samples={own.samples.length} />
              ) : (
                <Head name={name} isHidden={className === 'c-eye'} />
              )}
              {className === 'c-act' && <span className="actions">{children}</span>}
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}

function OwnHead({ samples }: { readonly samples: number }) {
  const words = `My test set: ${countOf(samples, { one: 'sample', many: 'samples' })}`;
  return (
    <span title={words}>
      Mine<span className="vh">{`, ${words}`}</span> <small>({samples})</small>
    </span>
  );
}

/** What the glossary has about a column. */
const TERMS: Readonly<Record<string, string>> = { Gap: 'Gap', 'Val.': 'Validation set', Test: 'Test set' };

function Head({ name, isHidden }: { readonly name: string; readonly isHidden: boolean }) {
  const term = TERMS[name];
  if (isHidden) return <span className="vh">{name}</span>;
  return term === undefined ? name : <Term of={term}>{name}</Term>;
}

interface RunRowProps {
  readonly run: Run;
  /** The newest of those before it that were made of the same data set. */
  readonly before: Run | undefined;
  /** Its place among all rows of the table, the head included, from 1. */
  readonly place: number;
  readonly own: OwnTest | null;
  readonly onDelete: (deleted: { readonly run: Run; readonly undo: () => void }) => void;
}

/** A run as a line, drawn again only where it, or the run that it is compared with, is another. */
const RunRow = memo(function RunRow({ run, before, place, own, onDelete }: RunRowProps) {
  const { label } = useRunsControl();
  const live = useRun((current) => current?.number === run.number);
  // The figures of its current weights: early stopping may have restored those of its best epoch.
  const last = run.epochs.findLast(({ epoch }) => epoch <= (run.restoredEpoch ?? epoch));
  const isOther = !isRunOf(run, useDatasetSpec());
  const origin = isOther ? [run.draft.dataset.title] : [];
  const begun = run.carriedFrom === null ? [] : [`from ${briefSourceText(run.carriedFrom)}`];
  const changes = [...origin, ...begun, ...changesOf(run, before), ...interventionsOf(run).map(interventionText)];
  const changed = [...changes, ...reportOf(run)].join(' · ');
  const { hidden, number } = run;
  return (
    <tr aria-rowindex={place} className={classNames(live && 'now', hidden && 'hid')}>
      <td>
        <Button
          className="eye"
          variant="quiet"
          icon={hidden ? 'eye-off' : 'eye'}
          label={`${hidden ? 'Show' : 'Hide'} run ${number} on the charts`}
          onClick={() => label(number, { hidden: !hidden })}
        />
      </td>
      <td>
        <span className="run-id">
          <RunNumber run={number} state={live ? 'live' : hidden ? 'hidden' : 'finished'} />
          <RunName run={run} />
        </span>
      </td>
      <td className="diff c-diff" title={changed}>
        {changed}
      </td>
      <td className="r c-ep">
        {run.epochs.length}
        {run.phase !== 'finished' && `/${run.draft.recipe.epochs}`}
      </td>
      <td className="c-gap">
        {last?.trainSample && last.validation && (
          <GapMark training={last.trainSample.accuracy} validation={last.validation.accuracy} />
        )}
      </td>
      <td className="r c-train">{share(last?.trainSample?.accuracy)}</td>
      <td className="r">{share(last?.validation?.accuracy)}</td>
      <td className="r c-test">
        <TestShare run={run} live={live} />
      </td>
      {own !== null && (
        <td className={OWN}>
          <OwnShare run={run} test={own} />
        </td>
      )}
      <td className="r c-time">
        <Time run={run} />
      </td>
      <td className="c-act">
        <RunActions run={run} live={live} onDelete={onDelete} />
      </td>
    </tr>
  );
});

/** How long a run has trained, to the second also while it does. */
function Time({ run }: Pick<RunRowProps, 'run'>) {
  return useRun((current) => clockText((current?.number === run.number ? current : run).seconds));
}

/** The test set is measured once, when a run ends; a run that was replaced before its end has no figure. */
function TestShare({ run, live }: { readonly run: Run; readonly live: boolean }) {
  if (run.test !== null) return share(run.test.accuracy);
  return <span className="muted">{live && run.phase !== 'failed' && run.judgesTest !== false ? 'at end' : '–'}</span>;
}

function share(accuracy: number | undefined): string {
  return accuracy === undefined ? '' : percentText(accuracy);
}

/** What sets a run apart from the one before; of the first one, from its preset. */
function changesOf({ draft }: Run, before: Run | undefined): readonly string[] {
  if (before !== undefined) return [diffText(runDiff(before.draft, draft)) || 'nothing changed'];
  const preset = presetById(draft.dataset, draft.presetId);
  const isUnchanged = preset !== undefined && !isEdited(draft, preset);
  // The report below says so already.
  if (isUnchanged) return preset.reported.testAccuracy === null ? [UNCHANGED] : [];
  return preset === undefined ? [] : [diffText(runDiff(preset, draft))];
}

const UNCHANGED = 'preset unchanged';

/** What the report of a run's preset had on the test set, and whether the run is that preset as it was given. */
function reportOf({ draft }: Run): readonly string[] {
  const preset = presetById(draft.dataset, draft.presetId);
  const reported = preset?.reported.testAccuracy ?? null;
  if (preset === undefined || reported === null) return [];
  return [isEdited(draft, preset) ? 'preset changed' : UNCHANGED, `the report had ${percentText(reported, 2)}`];
}

function RunActions({ run, live, onDelete }: { run: Run; live: boolean; onDelete: RunRowProps['onDelete'] }) {
  const { label, delete: deleteRun, restore, restorable } = useRunsControl();
  const hasWeights = useStore(restorable, (numbers) => numbers.has(run.number));
  const isOther = !isRunOf(run, useDatasetSpec());
  const parts = isOther
    ? 'data set, model and recipe'
    : hasWeights && !live
      ? 'model, recipe and weights'
      : 'model and recipe';
  const isAvailable = useIsAvailable(run.draft.dataset);
  const { number, pinned } = run;
  return (
    <div className="actions">
      <Button
        variant="quiet"
        icon="pin"
        aria-pressed={pinned}
        label={`${pinned ? 'Unpin' : 'Pin'} run ${number}`}
        onClick={() => label(number, { pinned: !pinned })}
      />
      <Button
        variant="quiet"
        icon="restore"
        label={`Restore the ${parts} of run ${number}`}
        blocked={isAvailable ? undefined : `${run.draft.dataset.title} is not in this browser any more.`}
        onClick={() => restore(run)}
      />
      <Button
        variant="quiet"
        icon="trash"
        label={`Delete run ${number}`}
        blocked={live ? 'this run is on the charts. Press Reset before deleting this run.' : undefined}
        onClick={() => onDelete({ run, undo: deleteRun(run) })}
      />
    </div>
  );
}
