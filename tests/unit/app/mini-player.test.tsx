import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MiniPlayer } from '../../../src/app/MiniPlayer.tsx';
import { PanelLab, press } from '../support/panel-lab.tsx';

let page: PanelLab;
beforeEach(() => {
  page = new PanelLab();
  page.show(<MiniPlayer />);
});
afterEach(cleanup);

test('says whether training can start', () => {
  expect(screen.getByText('Getting ready')).toBeTruthy();
  page.ready();
  expect(screen.getByText('Ready to train')).toBeTruthy();
});

test('keeps the epoch, the newest accuracy and the button for the state in reach', () => {
  page.ready();
  page.lab.draft.setRecipe({ epochs: 3 }, 'shorten');
  page.startRun();
  page.phase(1, 'training');
  expect(screen.getByText('Epoch 0 of 3')).toBeTruthy();
  page.steps(1, 10);
  page.epoch(1, 1, { loss: 0.5, accuracy: 0.812 });
  expect(screen.getByText('Epoch 1 of 3')).toBeTruthy();
  expect(screen.getByText('val. 81.2 %')).toBeTruthy();
  press('Pause training');
  expect(page.sent.at(-1)).toEqual({ type: 'pause', run: 1 });
  page.phase(1, 'paused');
  press('Resume training');
  expect(page.sent.at(-1)).toEqual({ type: 'advance', run: 1, advance: 'run' });
  page.phase(1, 'finished');
  expect(screen.queryByRole('button')).toBeNull();
});
