import { useEffect, useState } from 'react';
import { chooseTheme, currentTheme, followTheme, type Theme } from '../../ui/base/theme.ts';
import { Button } from '../../ui/form/Button.tsx';

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
