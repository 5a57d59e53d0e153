import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { SHIPPED_FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/shipped.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { RunsTable } from '../../../../src/features/runs/RunsTable.tsx';
import { draftOf, withRecipe } from '../../../../src/state/draft.ts';
import { newRun } from '../../../../src/state/run.ts';
import { FakeWorker } from '../../state/fake-worker.ts';

afterEach(cleanup);

const [ciutacu] = SHIPPED_FASHION_MNIST.presets;
const ofPreset = (seed: number) => draftOf(ciutacu, seed);

test('every run of a reported preset shows the figure of the report, and says whether the preset was changed', () => {
  const own = SHIPPED_FASHION_MNIST.presets.find(({ reported }) => reported.testAccuracy === null);
  if (own === undefined) throw new Error('Every preset has a report.');
  const drafts = [ofPreset(1), ofPreset(2), withRecipe(ofPreset(2), { epochs: 3 }, 'change epochs'), draftOf(own, 2)];
  const lab = new FakeWorker().lab();
  const earlier = drafts.map((draft, i) => newRun(i + 1, draft, `Run ${i + 1}`)).toReversed();
  lab.runs.store.setState({ current: null, earlier, lastNumber: drafts.length });
  render(
    <LabContext value={lab}>
      <RunsTable />
    </LabContext>,
  );
  const changes = (run: number) =>
    screen
      .getByRole('button', { name: `Pin run ${run}` })
      .closest('tr')
      ?.querySelector('.diff')?.textContent;
  const report = 'the report had 90.69\u202f%';
  expect(changes(1)).toBe(`preset unchanged · ${report}`);
  expect(changes(2)).toBe(`seed 1 → 2 · preset unchanged · ${report}`);
  expect(changes(3)).toBe(`epochs 15 → 3 · preset changed · ${report}`);
  expect(changes(4)).not.toContain('preset');
});
