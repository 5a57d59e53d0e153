import { useEffect, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { chooseTheme, currentTheme, followTheme, type Theme } from '../../ui/theme.ts';

/** Switches between light and dark. Until it is used, the page follows the system. */
export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(() => currentTheme());
  useEffect(() => followTheme(setTheme), []);
  const other = theme === 'light' ? 'dark' : 'light';
  const press = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return <Button variant="quiet" icon="theme" label={`Use the ${other} theme`} onClick={press} />;
}
