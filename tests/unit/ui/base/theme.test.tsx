import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chooseTheme, currentTheme, followTheme } from '../../../../src/ui/base/theme.ts';

/** Stands in for the system's preference, which can change while the page is open. */
function systemTheme(dark: boolean) {
  const query = Object.assign(new EventTarget(), { matches: dark });
  vi.stubGlobal('matchMedia', () => query);
  return {
    turn(nowDark: boolean) {
      query.matches = nowDark;
      query.dispatchEvent(new Event('change'));
    },
  };
}

describe('theme', () => {
  beforeEach(() => {
    localStorage.clear();
    delete document.documentElement.dataset['theme'];
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('follows the system while nothing is saved', () => {
    const system = systemTheme(true);
    const seen: string[] = [];
    const stop = followTheme((theme) => seen.push(theme));
    expect(currentTheme()).toBe('dark');
    system.turn(false);
    expect(currentTheme()).toBe('light');
    stop();
    system.turn(true);
    expect(currentTheme()).toBe('light');
    expect(seen).toEqual(['dark', 'light']);
  });

  test('a choice is shown, saved, and outlasts the system', () => {
    const system = systemTheme(false);
    followTheme(() => {});
    chooseTheme('dark');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(localStorage.getItem('theme')).toBe('dark');
    system.turn(false);
    expect(currentTheme()).toBe('dark');
  });

  test('ignores a saved word that is no theme', () => {
    localStorage.setItem('theme', 'sepia');
    systemTheme(false);
    followTheme(() => {});
    expect(currentTheme()).toBe('light');
  });

  test('still shows the choice where storage is blocked', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new Error('blocked');
      },
      setItem: () => {
        throw new Error('blocked');
      },
    });
    chooseTheme('dark');
    expect(currentTheme()).toBe('dark');
    systemTheme(false);
    followTheme(() => {});
    expect(currentTheme()).toBe('light');
  });
});
