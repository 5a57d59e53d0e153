import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Shortcuts, useShortcuts } from '../../../src/app/shortcuts.ts';
import { useSingleKeys } from '../../../src/app/single-keys.ts';

const pressed: string[] = [];
const keys: Shortcuts = Object.fromEntries(
  ['Space', 'P', '?', 'Ctrl+Z', 'F6'].map((name) => [name, () => void pressed.push(name)]),
);

function Page() {
  const [on, set] = useSingleKeys();
  useShortcuts(keys, on);
  return (
    <>
      <p>text</p>
      <input aria-label="Epochs" />
      <button type="button" onClick={() => set(!on)}>
        Single keys
      </button>
    </>
  );
}

beforeEach(() => {
  pressed.length = 0;
  localStorage.clear();
  render(<Page />);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Presses keys somewhere on the page; gives whether the browser would go on with each. */
const press = (where: Element, ...events: readonly Partial<KeyboardEvent>[]) =>
  events.map((event) => fireEvent.keyDown(where, event));
const text = () => screen.getByText('text');
const field = () => screen.getByLabelText('Epochs');
const button = () => screen.getByRole('button');

test('a key does what it is for, wherever it is pressed, and nothing else', () => {
  const goesOn = press(text(), { key: ' ' }, { key: 'p' }, { key: '?' }, { key: 'z', metaKey: true }, { key: 'q' });
  expect(pressed).toEqual(['Space', 'P', '?', 'Ctrl+Z']);
  expect(goesOn).toEqual([false, false, false, false, true]);
});

test('a field keeps its keys, but for the one that leaves the column', () => {
  press(field(), { key: 'p' }, { key: 'z', ctrlKey: true }, { key: 'F6' });
  expect(pressed).toEqual(['F6']);
});

test('a button keeps the keys that press it', () => {
  press(button(), { key: ' ' }, { key: 'p' });
  expect(pressed).toEqual(['P']);
});

test('single keys can be switched off, and stay so on the next visit', () => {
  fireEvent.click(button());
  press(text(), { key: 'p' }, { key: ' ' }, { key: 'z', ctrlKey: true });
  expect(pressed).toEqual(['Ctrl+Z']);
  cleanup();
  render(<Page />);
  press(text(), { key: 'p' });
  expect(pressed).toEqual(['Ctrl+Z']);
});

test('where storage is blocked they are on, and can be switched off for this visit', () => {
  cleanup();
  const blocked = () => {
    throw new Error('blocked');
  };
  vi.stubGlobal('localStorage', { getItem: blocked, setItem: blocked });
  render(<Page />);
  press(text(), { key: 'p' });
  fireEvent.click(button());
  press(text(), { key: 'p' });
  expect(pressed).toEqual(['P']);
});
