import type { Evaluation } from '../../../../src/core/evaluation/evaluation.ts';
import { ciutacuCnn } from '../../../../src/core/network/presets/ciutacu.ts';
import { draftOf } from '../../../../src/state/draft.ts';
import { createLab, type Lab } from '../../../../src/state/lab.ts';
import { newRun, type Run } from '../../../../src/state/run.ts';

/** A lab without a worker, whose runs were measured on the test set: the current one first, then those before it. */
export function measuredLab(...tests: readonly (Evaluation | null)[]): Lab {
  const draft = draftOf(ciutacuCnn, 42);
  const port = { postMessage: () => undefined, addEventListener: () => undefined };
  const lab = createLab({ port, initialDraft: draft, baseUrl: '', shippedUrl: '', backend: 'auto' });
  const runs = tests.map((test, i): Run => ({ ...newRun(tests.length - i, draft, 'CNN'), phase: 'finished', test }));
  const [current = null, ...earlier] = runs;
  lab.runs.setState({ current, earlier, lastNumber: runs.length });
  return lab;
}
