import { useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { OwnTest } from '../core/dataset/own-test.ts';
import { isSameDataset } from '../core/dataset/spec.ts';
import type { Lab } from '../state/lab.ts';
import { createOwnTest, type OwnTestControl } from '../state/own-test.ts';
import { useDataSet, useLab } from './lab.tsx';
import { type OwnData, OwnDataContext } from './own-data.ts';

/** One for each lab: the panel that shows a test set and the table of runs are about the same one. */
const controls = new WeakMap<Lab, OwnTestControl>();

/** Control over the test set of the user's own; it is that of the data set that is open, which is one of images. */
export function useOwnTest(): OwnTestControl {
  const lab = useLab();
  const ownData = useContext(OwnDataContext);
  const dataset = useDataSet(({ spec }) => spec);
  const control = controls.get(lab) ?? made(lab, ownData);
  useEffect(() => {
    const { dataset: before } = control.store.getState();
    if (dataset.samples.kind === 'image' && (before === null || !isSameDataset(before, dataset))) control.open(dataset);
  }, [control, dataset]);
  return control;
}

function made(lab: Lab, ownData: OwnData): OwnTestControl {
  const { runs, questions, storage } = lab;
  const count = () =>
    void ownData.testsBytes().then(
      (ownTest) => storage.count({ ownTest }),
      () => undefined,
    );
  const control = createOwnTest({
    runs: runs.store,
    checkpoints: runs.checkpoints,
    questions,
    keep: ownData,
    onKept: count,
  });
  controls.set(lab, control);
  return control;
}

/** The test set of the user's own for the data set that is open; null where there is none. */
export function useShownOwnTest(): OwnTest | null {
  const { dataset, test } = useStore(useOwnTest().store);
  const isOpen = useDataSet(({ spec }) => dataset !== null && isSameDataset(spec, dataset));
  return isOpen && test !== null && test.samples.length > 0 ? test : null;
}
