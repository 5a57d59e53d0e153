import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FASHION_MNIST_PRESETS as PRESETS } from '../../../../src/datasets/fashion-mnist/presets/catalogue.ts';
import { Header } from '../../../../src/features/header/Header.tsx';
import { choose, PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;
beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset['theme'];
  page = new PanelLab();
  page.show(<Header data={<p>data of the page</p>} tools={<p>tools of the page</p>} />);
});
afterEach(cleanup);

const draft = () => page.lab.draft.store.getState();

test('shows the data set and the tools that the page puts in', () => {
  expect(screen.getByText('data of the page')).toBeTruthy();
  expect(screen.getByText('tools of the page')).toBeTruthy();
});

describe('the preset', () => {
  test('can be any of the catalogue; the seed stays', () => {
    const names = within(screen.getByLabelText('Preset'))
      .getAllByRole('option')
      .map(({ textContent }) => textContent);
    expect(names.toSorted()).toEqual(PRESETS.map(({ title }) => title).toSorted());
    act(() => page.lab.draft.setRecipe({ seed: 7 }, 'change seed'));
    const other = PRESETS.at(-1) ?? PRESETS[0];
    choose('Preset', other.title);
    expect(draft()).toMatchObject({ presetId: other.id, network: other.network, recipe: { seed: 7 } });
  });

  test('says that it was edited, and starts over from its figures', async () => {
    expect(screen.queryByText('edited')).toBeNull();
    act(() => page.lab.draft.setRecipe({ epochs: 3 }, 'change epochs'));
    expect(screen.getByText('edited')).toBeTruthy();
    press('Source and figures');
    const about = within(await screen.findByRole('dialog', { name: 'Source and figures' }));
    expect(about.getByRole('heading', { level: 2 }).textContent).toBe(
      PRESETS.find(({ id }) => id === draft().presetId)?.title,
    );
    press('Start again from this preset');
    expect(screen.queryByText('edited')).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the device', () => {
  test('is starting until the engine has opened it', () => {
    expect(screen.queryByRole('button', { name: /WebAssembly/ })).toBeNull();
    expect(screen.getByText('Starting')).toBeTruthy();
    page.open();
    expect(screen.getByRole('button', { name: /WebAssembly/ }).textContent).toContain('4 threads');
  });

  test('says why it is not the GPU, and leads to every other choice', async () => {
    page.open({ fallback: 'This browser has no WebGL2.' });
    expect(screen.getByRole('button', { name: /WebAssembly/ }).textContent).toContain('no GPU found');
    press(/WebAssembly/);
    const choice = within(await screen.findByRole('dialog', { name: 'Where it trains' }));
    expect(choice.getByText('This browser has no WebGL2.')).toBeTruthy();
    const addresses = choice.getAllByRole<HTMLAnchorElement>('link').map(({ href }) => new URL(href).search);
    expect(addresses).toEqual(['', '?backend=webgl', '?backend=wasm', '?backend=cpu', '?backend=webgpu']);
    const current = choice.getByRole<HTMLAnchorElement>('link', { current: true });
    expect(new URL(current.href).search).toBe('');
  });
});

test('the theme is switched and switched back', () => {
  press('Use the dark theme');
  expect(document.documentElement.dataset['theme']).toBe('dark');
  press('Use the light theme');
  expect(document.documentElement.dataset['theme']).toBe('light');
});
