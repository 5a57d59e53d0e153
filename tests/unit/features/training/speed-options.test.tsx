import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecipePopover } from '../../../../src/features/training/RecipePopover.tsx';
import { PanelLab } from '../../support/panel-lab.tsx';

let page: PanelLab;
const recipe = () => page.lab.draft.store.getState().recipe;

beforeEach(() => {
  page = new PanelLab();
  page.ready();
  page.show(<RecipePopover anchor={document.body} onClose={() => undefined} />);
});
afterEach(cleanup);

test('weights are averaged by the share that the average keeps, which is off at 0', () => {
  const field = screen.getByLabelText('Average weights');
  expect(recipe().weightAveraging).toBe(0);
  fireEvent.change(field, { target: { value: '0.99' } });
  fireEvent.blur(field);
  expect(recipe().weightAveraging).toBe(0.99);
});

test('the answers to mirror images are asked for by a switch', () => {
  fireEvent.click(screen.getByRole('switch', { name: 'Test-time flip' }));
  expect(recipe().testTimeFlip).toBe(true);
});

test('flips alternate by a switch that is there once images are mirrored', () => {
  expect(screen.queryByRole('switch', { name: 'Alternating' })).toBeNull();
  fireEvent.click(screen.getByRole('switch', { name: 'Flip' }));
  fireEvent.click(screen.getByRole('switch', { name: 'Alternating' }));
  expect(recipe().augmentation).toMatchObject({ flip: true, alternate: true });
  fireEvent.click(screen.getByRole('switch', { name: 'Flip' }));
  expect(screen.queryByRole('switch', { name: 'Alternating' })).toBeNull();
});
