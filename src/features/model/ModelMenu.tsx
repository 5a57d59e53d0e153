import { INPUT_ID } from '../../core/network/network.ts';
import { Popover } from '../../ui/overlay/Popover.tsx';
import { useDraft } from '../lab.tsx';
import { MenuItem } from './builder/MenuItem.tsx';
import { usePanelActions } from './editing/panel-actions.ts';

const BELOW = { side: 'below', align: 'end' } as const;

/** Everything that can be done with the network as a whole. */
export function ModelMenu({ anchor }: { readonly anchor: Element }) {
  const actions = usePanelActions();
  const layers = useDraft(({ network }) => network.layers);
  const isEmpty = layers.length === 0;
  const last = layers.at(-2)?.id ?? INPUT_ID;
  return (
    <Popover className="menu" anchor={anchor} label="More for the model" placement={BELOW} onClose={actions.close}>
      <MenuItem icon="table" onPress={() => actions.open({ kind: 'summary' })}>
        Table of layers
      </MenuItem>
      <MenuItem icon="code" onPress={() => actions.open({ kind: 'program' })}>
        Export code
      </MenuItem>
      <MenuItem icon="text" disabled={isEmpty} onPress={() => actions.copy(null)}>
        Copy all layers as text
      </MenuItem>
      <MenuItem icon="paste" onPress={() => actions.open({ kind: 'paste-text', after: last, text: '' })}>
        Paste layers
      </MenuItem>
      <MenuItem icon="trash" disabled={isEmpty} onPress={actions.removeAll}>
        Remove all layers
      </MenuItem>
    </Popover>
  );
}
