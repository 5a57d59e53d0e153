import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BackendReport } from '../../../../../src/core/training/backend.ts';
import type { PlannedMemory } from '../../../../../src/core/training/planned-memory.ts';
import { LabContext } from '../../../../../src/features/lab.tsx';
import { CostPopover } from '../../../../../src/features/model/costs/CostPopover.tsx';
import { Totals } from '../../../../../src/features/model/costs/Totals.tsx';
import { createPanelActions } from '../../../../../src/features/model/editing/create-panel-actions.ts';
import { PanelContext } from '../../../../../src/features/model/editing/panel-actions.ts';
import type { Lab } from '../../../../../src/state/lab.ts';
import { FakeWorker } from '../../../state/fake-worker.ts';

let worker: FakeWorker;
let lab: Lab;

beforeEach(() => {
  worker = new FakeWorker();
  lab = worker.lab();
  render(
    <LabContext value={lab}>
      <PanelContext value={createPanelActions(lab.draft, vi.fn())}>
        <Totals />
        <CostPopover anchor={document.body} />
      </PanelContext>
    </LabContext>,
  );
});
afterEach(cleanup);

const open = (backend: BackendReport['backend']) =>
  act(() => worker.say({ type: 'opened', report: { backend, device: null, fallback: null } }));

/** Every question that is not answered yet is. */
async function answer(memory: PlannedMemory | null) {
  const asks = worker.asks('plannedMemory').splice(0);
  await act(async () => {
    for (const ask of asks) await worker.answer(ask, memory);
  });
}

/** A plan in which a batch takes all but a megabyte. */
function planOf(megabytes: number): PlannedMemory {
  const megabyte = 2 ** 20;
  return { weights: megabyte / 2, optimizer: 0, batch: (megabytes - 1) * megabyte, samples: megabyte / 2, rest: 0 };
}

const figure = () => screen.getByRole('button', { name: /memory$/ });

test('memory is estimated until the plan for this device is known', async () => {
  expect(figure().textContent).toMatch(/^~/);
  expect(worker.asks('plannedMemory')).toEqual([]);
  open('wasm');
  expect(figure().getAttribute('aria-description')).toMatch(/^Estimated: weights, gradients/);
  expect(screen.getByText('memory in total, estimated')).toBeTruthy();
  expect(screen.getByText('for gradients')).toBeTruthy();
  await answer(planOf(3));
  expect(figure().textContent).toMatch(/^3 MB/);
  expect(figure().getAttribute('aria-description')).toMatch(/^As planned for training here: weights, gradients/);
  const sizeOf = (name: string) => screen.getByText(name).nextSibling?.textContent;
  expect(sizeOf('memory in total, as planned for training here')).toBe('3.00 MB');
  expect(sizeOf('memory for weights')).toBe('0.50 MB');
  expect(sizeOf('for the training images')).toBe('0.50 MB');
  expect(screen.getByText(/^for a batch of .* and the gradients$/).nextSibling?.textContent).toBe('2.00 MB');
  expect(screen.queryByText('for gradients')).toBeNull();
});

test('a plan holds for one draft and one device', async () => {
  open('wasm');
  await answer(planOf(3));
  act(() => lab.draft.setRecipe({ batchSize: 77 }, 'Batch size'));
  expect(figure().textContent).toMatch(/^~/);
  expect(worker.asks('plannedMemory').at(-1)?.question.recipe.batchSize).toBe(77);
  await answer(planOf(5));
  expect(figure().textContent).toMatch(/^5 MB/);
  const asked = worker.asks('plannedMemory').length;
  act(() => lab.draft.setRecipe({ learningRate: 0.02, epochs: 7, seed: 3 }, 'More'));
  expect(worker.asks('plannedMemory')).toHaveLength(asked);
  expect(figure().textContent).toMatch(/^5 MB/);
  open('webgl');
  expect(figure().textContent).toMatch(/^~/);
  await answer(null);
  expect(figure().textContent).toMatch(/^~.* GPU memory$/);
});
