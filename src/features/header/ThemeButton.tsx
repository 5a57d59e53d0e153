import { Button } from '../../ui/form/Button.tsx';
import { useTheme } from './use-theme.ts';

/** Switches between light and dark. */
export function ThemeButton() {
  const [other, toggle] = useTheme();
  return <Button variant="quiet" icon="theme" label={`Use the ${other} theme`} onClick={toggle} />;
}

/** Follows the theme of the system where there is no button. */
export function SystemTheme() {
  useTheme();
  return null;
}
