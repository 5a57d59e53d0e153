import '../../../../src/datasets/all-datasets.ts';
import { existsSync } from 'node:fs';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { kerasCode } from '../../../../src/core/exporting/keras.ts';
import { pytorchCode } from '../../../../src/core/exporting/pytorch.ts';
import type { Graph } from '../../../../src/core/network/graph.ts';
import { startingPresets } from '../../../../src/core/network/presets/starting.ts';
import type { Recipe } from '../../../../src/core/training/recipe.ts';
import { ciutacuCnn } from '../../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { WEATHER_PRESETS } from '../../../../src/datasets/weather/presets.ts';
import { WEATHER } from '../../../../src/datasets/weather/spec.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { createPanelActions } from '../../../../src/features/model/editing/create-panel-actions.ts';
import { PanelContext } from '../../../../src/features/model/editing/panel-actions.ts';
import { ProgramDialog } from '../../../../src/features/model/ProgramDialog.tsx';
import { analysisOf } from '../../../../src/state/analysis.ts';
import { type Draft, draftOf, withRecipe } from '../../../../src/state/draft.ts';
import { FakeWorker } from '../../state/fake-worker.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const DRAFT = draftOf(ciutacuCnn, 42);

function show(draft: Draft) {
  const lab = new FakeWorker().lab(draft);
  render(
    <LabContext value={lab}>
      <PanelContext value={createPanelActions(lab.draft, () => undefined)}>
        <ProgramDialog onClose={() => undefined} />
      </PanelContext>
    </LabContext>,
  );
}

function programOf(write: (graph: Graph, recipe: Recipe) => string): string {
  const { graph } = analysisOf(DRAFT);
  return graph === null ? 'no graph' : write(graph, DRAFT.recipe);
}

const field = (library: string) => screen.getByRole<HTMLTextAreaElement>('textbox', { name: `Code for ${library}` });
const dialogText = () => screen.getByRole('dialog', { name: 'Export code' }).textContent;

test('the draft is written for Keras, and for PyTorch where that is chosen', () => {
  show(DRAFT);
  expect(field('Keras').value).toBe(programOf(kerasCode));
  expect(dialogText()).toContain('pip install keras tensorflow');
  fireEvent.click(screen.getByRole('radio', { name: 'PyTorch' }));
  expect(field('PyTorch').value).toBe(programOf(pytorchCode));
  expect(dialogText()).toContain('pip install torch torchvision');
});

test('the program that shows is the one that is copied', () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  show(DRAFT);
  fireEvent.click(screen.getByRole('radio', { name: 'PyTorch' }));
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
  expect(write.mock.calls).toEqual([[programOf(pytorchCode)]]);
});

test('it says why figures differ: other random numbers, also for augmentation where the recipe has it', () => {
  show(DRAFT);
  expect(dialogText()).toContain('the order and the split of the images come from other random numbers.');
  cleanup();
  show(withRecipe(DRAFT, { augmentation: { ...DRAFT.recipe.augmentation, flip: true } }, 'flip'));
  expect(dialogText()).toContain(
    'the order, the split and the augmentation of the images come from other random numbers.',
  );
});

test('layers that do not fit together and a faulty recipe have no program, and it says what is missing', () => {
  const layers = DRAFT.network.layers.filter(({ kind }) => kind !== 'flatten');
  show({ ...DRAFT, network: { layers } });
  expect(dialogText()).toContain('The code appears as soon as the layers fit together.');
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull();
  cleanup();
  show(withRecipe(DRAFT, { batchSize: 0 }, 'batch'));
  expect(dialogText()).toContain('Batch size must be at least 1. The code appears as soon as that is fixed.');
});

test('of a table it says where the file is that the program reads', () => {
  show(draftOf(WEATHER_PRESETS[0], 42));
  const link = screen.getByRole('link', { name: 'weather.csv' });
  expect(link.getAttribute('href')).toBe('data-weather/weather.csv');
  expect(existsSync('public/data-weather/weather.csv')).toBe(true);
  cleanup();
  const dataset = { ...WEATHER, id: 'my-days-0123abcd' };
  show(draftOf(startingPresets(dataset)[0], 42));
  expect(dialogText()).toContain('It reads the CSV file that you opened');
  expect(screen.queryByRole('link')).toBeNull();
});
