import type { Evaluation } from '../../../../src/core/evaluation/evaluation.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { draftOf } from '../../../../src/state/draft.ts';
import type { Lab } from '../../../../src/state/lab.ts';
import { newRun, type Run } from '../../../../src/state/run.ts';
import { FakeWorker } from '../../state/fake-worker.ts';

/** A lab whose runs were measured on the test set: the current one first, then those before it. */
export function measuredLab(...tests: readonly (Evaluation | null)[]): Lab {
  return measuredLabOn(new FakeWorker(), tests);
}

/** As `measuredLab`, on a worker that a test has answer. */
export function measuredLabOn(worker: FakeWorker, tests: readonly (Evaluation | null)[]): Lab {
  const draft = draftOf(ciutacuCnn, 42);
  const lab = worker.lab(draft);
  const runs = tests.map((test, i): Run => ({ ...newRun(tests.length - i, draft, 'CNN'), phase: 'finished', test }));
  const [current = null, ...earlier] = runs;
  lab.runs.store.setState({ current, earlier, lastNumber: runs.length });
  return lab;
}
