import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { DatasetSpec } from '../../../../src/core/dataset/spec.ts';
import { FASHION_MNIST } from '../../../../src/datasets/fashion-mnist/spec.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { InputCard } from '../../../../src/features/model/builder/InputCard.tsx';
import { createPanelActions } from '../../../../src/features/model/editing/create-panel-actions.ts';
import { PanelContext } from '../../../../src/features/model/editing/panel-actions.ts';
import { SIGNS, WEATHER } from '../../../fixtures/specs/datasets.ts';
import { FakeWorker } from '../../state/fake-worker.ts';
import { labOf } from '../results/lab-of.ts';

afterEach(cleanup);

async function textFor(dataset: DatasetSpec): Promise<string | null> {
  const lab = labOf(new FakeWorker(), dataset);
  render(
    <LabContext value={lab}>
      <PanelContext value={createPanelActions(lab.draft, vi.fn())}>
        <InputCard open active />
      </PanelContext>
    </LabContext>,
  );
  await screen.findByText(/^One /);
  return screen.getByRole('group', { name: 'Input' }).textContent;
}

test('the input of Fashion-MNIST reads as ever', async () => {
  const text = await textFor(FASHION_MNIST);
  expect(text).toContain('one garment');
  expect(text).toContain('28 × 28 × 1 = 784 values');
  expect(text).toContain(
    'One garment from Fashion-MNIST: 28 rows of 28 pixels, one shade of gray each. From these the network computes ten probabilities, one for each kind of garment.',
  );
});

test('images in colour have three values a pixel', async () => {
  const text = await textFor(SIGNS);
  expect(text).toContain('24×20×3');
  expect(text).toContain('24 × 20 × 3 = 1,440 values');
  expect(text).toContain('One sign from Road signs: 24 rows of 20 pixels, a red, a green and a blue value each.');
  expect(text).toContain('computes four probabilities, one for each kind of sign.');
});

test('a row has a number for each column', async () => {
  const text = await textFor(WEATHER);
  expect(text).toContain('One day from Rain tomorrow: 4 numbers, one for each column.');
  expect(text).toContain('computes two probabilities');
});
