import { Icon, type IconName } from '../../../ui/base/Icon.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';

/** Props of {@link MenuItem}. */
export interface MenuItemProps {
  readonly icon: IconName;
  /** The key that does the same, as `Alt ↑`. */
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: string;
}

/** One line of a menu: closes the menu and does what it says. */
export function MenuItem({ icon, keys, disabled, onPress, children }: MenuItemProps) {
  const { close } = usePanelActions();
  const press = () => {
    close();
    onPress();
  };
  return (
    <button type="button" className="opt" disabled={disabled} onClick={press}>
      <Icon name={icon} size="sm" />
      {children}
      {keys !== undefined && <small aria-hidden="true">{keys}</small>}
    </button>
  );
}
