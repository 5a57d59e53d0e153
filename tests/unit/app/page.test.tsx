import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Page } from '../../../src/app/Page.tsx';
import { PanelLab, press } from '../support/panel-lab.tsx';

let page: PanelLab;

const match = globalThis.matchMedia;

/** Who hears when the screen has another width. */
const watching = new Set<() => void>();

/** Makes the screen so many pixels wide. */
function screenOf(width: number): void {
  vi.stubGlobal('matchMedia', (query: string) => {
    const least = /min-width: (\d+)px/.exec(query)?.[1];
    if (least === undefined) return match(query);
    return {
      matches: width >= Number(least),
      addEventListener: (_: string, listener: () => void) => watching.add(listener),
      removeEventListener: (_: string, listener: () => void) => watching.delete(listener),
    };
  });
  act(() => {
    for (const listener of watching) listener();
  });
}

// Chunks of their own, which the page fetches when it needs them.
beforeAll(async () => {
  await import('../../../src/features/results/AnswerPanel.tsx');
  await import('../../../src/features/help/HelpDialog.tsx');
  await import('../../../src/features/sweep/SweepDialog.tsx');
  await import('../../../src/features/present/Present.tsx');
  await import('../../../src/features/visit/Visit.tsx');
  await import('../../../src/app/PageMenu.tsx');
});

beforeEach(() => {
  localStorage.clear();
  screenOf(1366);
  page = new PanelLab();
  page.show(<Page />);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const key = (name: string, more: Partial<KeyboardEvent> = {}) =>
  fireEvent.keyDown(document.body, { key: name, ...more });
const selectedTab = () => screen.getByRole('tab', { selected: true }).textContent;

test('has the three columns by name, and ways to skip to them', () => {
  for (const name of ['Model', 'Training', 'Results']) expect(screen.getByRole('region', { name })).toBeTruthy();
  const ways = screen.getAllByRole<HTMLAnchorElement>('link', { name: /^Skip to/ });
  expect(ways.map(({ hash }) => hash)).toEqual(['#charts', '#results']);
});

test('keys train, pause, step, undo and redo', () => {
  key(' ');
  expect(page.commands).toEqual([]);
  page.ready();
  key('.');
  key('>', { shiftKey: true });
  page.phase(1, 'paused');
  key('>', { shiftKey: true });
  key(' ');
  expect(page.sent.slice(2).filter(({ type }) => type !== 'ask')).toMatchObject([
    { type: 'train', advance: 'batch' },
    { type: 'advance', advance: 'epoch' },
    { type: 'advance', advance: 'run' },
  ]);
  page.phase(1, 'training');
  key(' ');
  expect(page.sent.at(-1)).toEqual({ type: 'pause', run: 1 });
  page.lab.draft.edit([{ type: 'remove', id: 'dense-1' }], 'delete Dense');
  const layers = () => page.lab.draft.store.getState().network.layers.length;
  const fewer = layers();
  key('z', { ctrlKey: true });
  expect(layers()).toBe(fewer + 1);
  key('Z', { ctrlKey: true, shiftKey: true });
  expect(layers()).toBe(fewer);
});

test('number keys open the tabs of the results', () => {
  expect(selectedTab()).toBe('Draw');
  key('3');
  expect(selectedTab()).toBe('Report');
  key('5');
  expect(selectedTab()).toBe('Inside');
});

test('help opens by its key and by its button, and closes', async () => {
  key('?');
  const help = await screen.findByRole('dialog', { name: /keyboard/i });
  fireEvent.click(within(help).getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  press('Help and keyboard shortcuts');
  expect(await screen.findByRole('dialog', { name: /keyboard/i })).toBeTruthy();
});

test('the first steps are found again under Help, and Escape puts them away', async () => {
  press('Help and keyboard shortcuts');
  fireEvent.click(await screen.findByRole('button', { name: 'Guided first steps' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(await screen.findByRole('region', { name: 'First steps' })).toBeTruthy();
  key('Escape');
  expect(screen.queryByRole('region', { name: 'First steps' })).toBeNull();
});

test('the sweep opens from the runs', async () => {
  press('Sweep a hyperparameter');
  expect(await screen.findByRole('dialog', { name: 'Sweep' })).toBeTruthy();
});

test('presenting hides the page and its keys, and leaving brings them back', async () => {
  page.ready();
  key('p');
  await screen.findByLabelText('Epoch');
  expect(screen.queryByRole('region', { name: 'Model' })).toBeNull();
  key('3');
  key('Escape');
  expect(screen.queryByLabelText('Epoch')).toBeNull();
  expect(screen.getByRole('region', { name: 'Model' })).toBeTruthy();
  expect(selectedTab()).toBe('Draw');
});

test('on small screens the dock says which column shows, and switches', () => {
  const dock = within(screen.getByRole('navigation', { name: 'Views' }));
  const current = () => dock.getAllByRole('button').filter((view) => view.getAttribute('aria-current') === 'page');
  expect(current().map(({ textContent }) => textContent)).toEqual(['Train']);
  fireEvent.click(dock.getByRole('button', { name: 'Results' }));
  expect(current().map(({ textContent }) => textContent)).toEqual(['Results']);
});

describe('on a phone', () => {
  const columns = () =>
    ['Model', 'Training', 'Results'].filter((name) => screen.queryByRole('region', { name }) !== null);
  let idle: (() => void)[];

  beforeEach(() => {
    cleanup();
    idle = [];
    screenOf(390);
    vi.stubGlobal('requestIdleCallback', (callback: () => void) => idle.push(callback));
    vi.stubGlobal('cancelIdleCallback', () => undefined);
    page.show(<Page />);
  });

  test('the columns that do not show are drawn one after the other when the samples are here and the page is idle', async () => {
    expect(columns()).toEqual(['Training']);
    page.ready();
    expect(idle).toEqual([]);
    for (let shard = 1; shard < 70; shard++) page.arrive(10);
    act(() => idle.shift()?.());
    await waitFor(() => expect(columns()).toEqual(['Model', 'Training']));
    act(() => idle.shift()?.());
    await waitFor(() => expect(columns()).toEqual(['Model', 'Training', 'Results']));
    expect(idle).toEqual([]);
  });

  test('a column that somebody goes to is drawn at once, and stays', () => {
    const dock = within(screen.getByRole('navigation', { name: 'Views' }));
    fireEvent.click(dock.getByRole('button', { name: 'Results' }));
    expect(columns()).toEqual(['Training', 'Results']);
    fireEvent.click(dock.getByRole('button', { name: 'Train' }));
    expect(columns()).toEqual(['Training', 'Results']);
  });

  test('a phone turned sideways shows the column that it has room for at once', () => {
    expect(columns()).toEqual(['Training']);
    screenOf(844);
    expect(columns()).toEqual(['Model', 'Training']);
    screenOf(390);
    expect(columns()).toEqual(['Model', 'Training']);
  });

  describe('the menu of the header', () => {
    const MENU = 'Data set, share, present, theme and help';
    const open = async () => {
      press(MENU);
      return within(await screen.findByRole('dialog', { name: 'Menu' }));
    };

    test('has by name what has a button each on wider screens', async () => {
      const lines = (await open()).getAllByRole('button').map(({ textContent }) => textContent);
      expect(lines).toEqual([
        'Source and figures',
        'Data set: Fashion-MNIST60,000',
        'What is kept',
        'Present',
        'Lessons',
        'Share',
        'Use the dark theme',
        'Help and keyboard shortcuts',
      ]);
      fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
      for (const name of ['Share', 'Present', 'Source and figures'])
        expect(screen.queryByRole('button', { name })).toBeNull();
      screenOf(844);
      for (const name of ['Share', 'Present', 'Source and figures'])
        expect(screen.getByRole('button', { name })).toBeTruthy();
      expect(screen.queryByRole('button', { name: MENU })).toBeNull();
    });

    test('is walked by the arrow keys, and closes on Escape', async () => {
      const menu = await open();
      const lines = menu.getAllByRole('button');
      expect(document.activeElement).toBe(lines[0]);
      fireEvent.keyDown(lines[0] ?? document.body, { key: 'ArrowUp' });
      expect(document.activeElement).toBe(lines.at(-1));
      fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
      expect(screen.queryByRole('dialog')).toBeNull();
      expect(document.activeElement).toBe(screen.getByRole('button', { name: MENU }));
    });

    test.each([
      ['Source and figures', 'Source and figures'],
      [/^Data set: /, 'Data set'],
      ['What is kept', 'What is kept'],
      ['Lessons', 'Lessons'],
      ['Share', 'Share'],
      ['Help and keyboard shortcuts', 'Help and keyboard shortcuts'],
    ])('opens %s and is gone itself', async (line, title) => {
      fireEvent.click((await open()).getByRole('button', { name: line }));
      expect(screen.queryByRole('dialog', { name: 'Menu' })).toBeNull();
      expect(await screen.findByRole('dialog', { name: title })).toBeTruthy();
    });

    test('switches the theme', async () => {
      fireEvent.click((await open()).getByRole('button', { name: 'Use the dark theme' }));
      expect(document.documentElement.dataset['theme']).toBe('dark');
      fireEvent.click((await open()).getByRole('button', { name: 'Use the light theme' }));
      expect(document.documentElement.dataset['theme']).toBe('light');
    });

    test('takes the focus back after presenting', async () => {
      page.ready();
      fireEvent.click((await open()).getByRole('button', { name: 'Present' }));
      await screen.findByLabelText('Epoch');
      key('Escape');
      await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: MENU })));
    });
  });
});
