import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Transport } from '../../../../src/features/training/Transport.tsx';
import { PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;

beforeEach(() => {
  page = new PanelLab();
  page.show(<Transport />);
});
afterEach(cleanup);

const button = (name: string) => screen.getByRole('button', { name });
/** Why a button cannot be pressed; null where it can. */
const blocked = (name: string) => button(name).getAttribute('aria-description');
const disabled = (name: string) => button(name).hasAttribute('disabled');

describe('before a run', () => {
  test('nothing can be trained until the device and the first images are here, and the buttons say so', () => {
    for (const name of ['Train', 'Step batch', 'Step epoch']) {
      expect(blocked(name)).toBe('Training can start once the first 1,000 images have loaded.');
      press(name);
    }
    expect(disabled('Reset')).toBe(true);
    expect(page.commands).toEqual([]);
    page.ready();
    expect(blocked('Train')).toBeNull();
  });

  test('a faulty network cannot be trained, and Train says where to look', () => {
    page.ready();
    expect(blocked('Train')).toBeNull();
    act(() => page.lab.draft.edit([{ type: 'remove', id: 'flatten-1' }], 'delete Flatten'));
    expect(blocked('Train')).toContain('The red card says what is wrong');
    press('Train');
    expect(page.commands).toEqual([]);
  });

  test.each([
    ['Train', 'run'],
    ['Step batch', 'batch'],
    ['Step epoch', 'epoch'],
  ])('%s starts a run that goes as far as it says', (name, advance) => {
    page.ready();
    press(name);
    expect(page.sent.at(-1)).toMatchObject({ type: 'train', run: 1, advance });
  });
});

describe('with a run', () => {
  beforeEach(() => page.ready());

  test('a pause that takes long says what it waits for', async () => {
    press('Train');
    page.phase(1, 'training');
    press('Pause');
    expect(button('Pause')).toBeDefined();
    const late = await screen.findByRole('button', { name: /^Pausing/ });
    expect(late.title).toBe('Pauses after this step');
    page.phase(1, 'paused');
    expect(button('Resume')).toBeDefined();
    press('Resume');
    page.phase(1, 'training');
    expect(button('Pause')).toBeDefined();
  });

  test('Train turns into Pause, then Resume, and single steps wait for a pause', () => {
    press('Train');
    page.phase(1, 'training');
    expect([disabled('Step batch'), disabled('Step epoch')]).toEqual([true, true]);
    press('Pause');
    expect(page.commands).toEqual(['train', 'pause']);
    page.phase(1, 'paused');
    press('Step batch');
    press('Step epoch');
    press('Resume');
    expect(page.sent.slice(4)).toMatchObject([
      { type: 'advance', run: 1, advance: 'batch' },
      { type: 'advance', run: 1, advance: 'epoch' },
      { type: 'advance', run: 1, advance: 'run' },
    ]);
  });

  test('Resume names its run, and another draft has a Train of its own beside it', () => {
    page.startRun();
    page.finish(1);
    press('Step batch');
    page.phase(2, 'paused');
    expect(button('Resume').textContent).toContain('run 2');
    expect(screen.queryByRole('button', { name: 'Train' })).toBeNull();
    act(() => page.lab.draft.setRecipe({ batchSize: 64 }, 'change batch size'));
    expect(blocked('Resume')).toBe('Goes on with run 2');
    press('Train');
    expect(page.sent.at(-1)).toMatchObject({ type: 'train', run: 3, recipe: { batchSize: 64 }, advance: 'run' });
  });

  test('Reset says what is lost', () => {
    press('Step batch');
    page.phase(1, 'paused');
    expect(button('Reset').title).toContain('Run 1 is lost');
    page.finish(1);
    expect(button('Reset').title).toContain('Run 1 stays in the table');
  });

  test('Reset lets go of the run and keeps the seed', () => {
    press('Step batch');
    page.phase(1, 'paused');
    press('Reset');
    expect(page.sent.at(-1)).toEqual({ type: 'reset', run: 1 });
    expect(button('Train').textContent).toContain('Train');
    expect(screen.getByLabelText('Seed')).toHaveProperty('value', '42');
    expect(disabled('Reset')).toBe(true);
  });

  test('Reset with a new seed draws one', () => {
    press('Step epoch');
    page.phase(1, 'paused');
    press('Reset with a new seed');
    expect(page.sent.at(-1)).toEqual({ type: 'reset', run: 1 });
    expect(screen.getByLabelText('Seed')).not.toHaveProperty('value', '42');
  });

  test('a finished run can be followed by another', () => {
    press('Train');
    page.finish(1);
    press('Train');
    expect(page.sent.at(-1)).toMatchObject({ type: 'train', run: 2 });
  });
});
