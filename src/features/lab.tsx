import { createContext, useContext, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { DatasetSpec } from '../core/dataset/spec.ts';
import type { BackendDecision } from '../state/backend-gate.ts';
import type { DataSet } from '../state/data-set.ts';
import type { Device } from '../state/device.ts';
import { type Draft, isSameSetup } from '../state/draft.ts';
import type { Lab } from '../state/lab.ts';
import type { Questions } from '../state/questions.ts';
import { differsOnlyInSteps, type Run } from '../state/run.ts';
import { allRuns, type LabStatus, statusOf } from '../state/runs.ts';
import type { RunsControl } from '../state/runs-control.ts';
import type { Interruption } from '../state/supervisor.ts';
import type { TabState } from '../state/tab.ts';

/** The lab that the page shows. The composition root provides it. */
export const LabContext = createContext<Lab | null>(null);

/** The lab, for what none of the hooks below gives. */
export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (lab === null) throw new Error('This component stands outside of the LabContext.');
  return lab;
}

/** The draft, or a part of it. */
export function useDraft<Part>(select: (draft: Draft) => Part): Part {
  return useStore(useLab().draft.store, select);
}

/** What happened to the worker, where something did. */
export function useInterruption(): Interruption | null {
  return useStore(useLab().interruption);
}

/** A part of what this tab is among those that have the app open. */
export function useTab<Part>(select: (tab: TabState) => Part): Part {
  return useStore(useLab().tab.store, select);
}

/** The data set that the draft is for. */
export function useDatasetSpec(): DatasetSpec {
  return useDraft(({ dataset }) => dataset);
}

/** Whether a data set is open, or can be opened. */
export function useIsAvailable(dataset: DatasetSpec): boolean {
  const { dataSet } = useLab();
  return useStore(dataSet.sources, () => dataSet.isAvailable(dataset));
}

/** The data set of the run in training, whose answers and insides the results show; the draft's where there is no run. */
export function useShownDataset(): DatasetSpec {
  const drafted = useDatasetSpec();
  return useRun((run) => run?.draft.dataset) ?? drafted;
}

/** A part of the run in training; `select` gets null when there is none. */
export function useRun<Part>(select: (run: Run | null) => Part): Part {
  return useStore(useLab().runs.store, ({ current }) => select(current));
}

/**
 * The run in training, for what has nothing to do with single steps: the same object until more has changed than those, so that
 * its steps, its speed and its time may be some steps old.
 */
export function useSteadyRun(): Run | null {
  const before = useRef<Run | null>(null);
  return useRun((run) => {
    const isSteady = run !== null && before.current !== null && differsOnlyInSteps(before.current, run);
    if (!isSteady) before.current = run;
    return before.current;
  });
}

/** Whether the draft is what the run in training froze; false where there is no run. */
export function useIsFrozen(): boolean {
  const draft = useDraft((current) => current);
  return useRun((run) => run !== null && isSameSetup(run.draft, draft));
}

/** The number of the run that Train starts. */
export function useNextRun(): number {
  return useStore(useLab().runs.store, ({ lastNumber }) => lastNumber + 1);
}

/** What can be done with the runs. */
export function useRunsControl(): RunsControl {
  return useLab().runs;
}

/** What the worker can be asked. */
export function useQuestions(): Questions {
  return useLab().questions;
}

/** All runs, newest first. */
export function useRuns(): readonly Run[] {
  return useStore(useLab().runs.store, useShallow(allRuns));
}

/** All runs, newest first, the one in training as `useSteadyRun` has it: the same list until more has changed than its steps. */
export function useSteadyRuns(): readonly Run[] {
  const current = useSteadyRun();
  const earlier = useStore(useLab().runs.store, (runs) => runs.earlier);
  return useMemo(() => allRuns({ current, earlier }), [current, earlier]);
}

/** A part of the data set as it streams in. */
export function useDataSet<Part>(select: (dataSet: DataSet) => Part): Part {
  return useStore(useLab().dataSet.store, select);
}

/** A part of the device. */
export function useDevice<Part>(select: (device: Device) => Part): Part {
  return useStore(useLab().device, select);
}

/** A part of how it was decided where runs train. */
export function useBackendDecision<Part>(select: (decision: BackendDecision) => Part): Part {
  return useStore(useLab().decision, select);
}

/** Where the lab stands. */
export function useLabStatus(): LabStatus {
  const { runs, dataSet, device } = useLab();
  const data = useStore(dataSet.store);
  const opened = useStore(device);
  return useStore(runs.store, (state) => statusOf(state, data, opened));
}
