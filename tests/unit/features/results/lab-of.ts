import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import type { Evaluation } from '../../../../src/core/evaluation/evaluation.ts';
import { presetsFor } from '../../../../src/datasets/catalogue.ts';
import { draftOf } from '../../../../src/state/draft.ts';
import type { Lab } from '../../../../src/state/lab.ts';
import { newRun, type Run } from '../../../../src/state/run.ts';
import type { FakeWorker } from '../../state/fake-worker.ts';

/** What is known of a run: its data set, and how it answered to the test set. */
export interface RunOf {
  readonly dataset: DatasetSpec;
  readonly test?: Evaluation;
}

/** A lab with a data set open and these runs, the current one first; their numbers fall to 1. */
export function labOf(worker: FakeWorker, open: DatasetSpec, ...runs: readonly RunOf[]): Lab {
  const source = { baseUrl: `http://localhost/${open.id}/`, expected: open, pretrainedUrl: null };
  const lab = worker.lab(draftOf(presetsFor(open)[0], 42), { sources: [source] });
  const made = runs.map(({ dataset, test = null }, i): Run => {
    const number = runs.length - i;
    return {
      ...newRun(number, draftOf(presetsFor(dataset)[0], 42), `${dataset.title} ${number}`),
      phase: 'finished',
      test,
      epochs: [{ epoch: 1, step: 1, trainSample: null, validation: null, confusion: null, seconds: 1 }],
    };
  });
  const [current = null, ...earlier] = made;
  lab.runs.store.setState({ current, earlier, lastNumber: runs.length });
  return lab;
}
