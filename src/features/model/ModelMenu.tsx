import { Popover } from '../../ui/Popover.tsx';
import { useDraft } from '../lab.tsx';
import { MenuItem } from './MenuItem.tsx';
import { usePanelActions } from './panel-actions.ts';

const BELOW = { side: 'below', align: 'end' } as const;

/** Everything that can be done with the network as a whole. */
export function ModelMenu({ anchor }: { readonly anchor: Element }) {
  const actions = usePanelActions();
  const isEmpty = useDraft(({ network }) => network.layers.length === 0);
  return (
    <Popover className="menu" anchor={anchor} label="More for the model" placement={BELOW} onClose={actions.close}>
      <MenuItem icon="trash" disabled={isEmpty} onPress={actions.removeAll}>
        Remove all layers
      </MenuItem>
    </Popover>
  );
}
