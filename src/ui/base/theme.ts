import { readChoice, writeChoice } from './choice-storage.ts';

/** Light or dark. */
export type Theme = 'light' | 'dark';

/** Where the choice is saved. The script in the page's head reads the same key before the first paint. */
const KEY = 'theme';

/** The theme on screen: what `data-theme` of the root says, light when it says nothing. */
export function currentTheme(root: HTMLElement = document.documentElement): Theme {
  return isTheme(root.dataset['theme']) ? root.dataset['theme'] : 'light';
}

/** Shows a theme and saves it as the choice; where storage is blocked, it lasts as long as the page. */
export function chooseTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  showTheme(theme, root);
  writeChoice(KEY, theme);
}

/** The saved choice; undefined while there is none, or where storage is blocked. */
function savedTheme(): Theme | undefined {
  const saved = readChoice(KEY);
  return isTheme(saved) ? saved : undefined;
}

/**
 * Shows the saved choice, or the system's theme while there is none, and follows the system from then on. `onChange` is
 * called whenever a change of the system's theme shows. Returns a function that stops it.
 */
export function followTheme(
  onChange: (theme: Theme) => void,
  root: HTMLElement = document.documentElement,
): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    const theme = savedTheme() ?? (dark.matches ? 'dark' : 'light');
    showTheme(theme, root);
    onChange(theme);
  };
  follow();
  dark.addEventListener('change', follow);
  return () => dark.removeEventListener('change', follow);
}

function showTheme(theme: Theme, root: HTMLElement): void {
  root.dataset['theme'] = theme;
  // The frame of an installed app has the color of the header.
  const color = getComputedStyle(root).getPropertyValue('--surface');
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.setAttribute('content', color);
}

function isTheme(value: unknown): value is Theme {
  return value === 'light' || value === 'dark';
}
