import { useEffect, useState } from 'react';
import { chooseTheme, currentTheme, followTheme, type Theme } from '../../ui/base/theme.ts';

/** The theme that can be switched to, and what switches. Until that is used, the page follows the system. */
export function useTheme(): readonly [other: Theme, toggle: () => void] {
  const [theme, setTheme] = useState<Theme>(() => currentTheme());
  useEffect(() => followTheme(setTheme), []);
  const other = theme === 'light' ? 'dark' : 'light';
  const toggle = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return [other, toggle];
}
