import { Popover } from '../../../ui/overlay/Popover.tsx';
import { useAnalysis } from '../../analysis.ts';
import { layersOf } from '../editing/clipboard.ts';
import { usePanelActions } from '../editing/panel-actions.ts';
import { MenuItem } from './MenuItem.tsx';

const BELOW = { side: 'below', align: 'end' } as const;

/** Everything that can be done with one layer. */
export function LayerMenu({ id, anchor }: { readonly id: string; readonly anchor: Element }) {
  const actions = usePanelActions();
  const { layers } = useAnalysis();
  const index = layers.findIndex(({ spec }) => spec.id === id);
  const report = layers[index];
  if (report === undefined) return null;
  const { name, spec } = report;
  const copied = layersOf({ layers: layers.map((each) => each.spec) }, id).length;
  return (
    <Popover className="menu" anchor={anchor} label={`More for ${name}`} placement={BELOW} onClose={actions.close}>
      <MenuItem icon="up" keys="Alt ↑" disabled={index === 0} onPress={() => actions.move(id, index - 1)}>
        Move up
      </MenuItem>
      <MenuItem
        icon="down"
        keys="Alt ↓"
        disabled={index === layers.length - 1}
        onPress={() => actions.move(id, index + 1)}
      >
        Move down
      </MenuItem>
      <MenuItem icon="copy" keys="D" onPress={() => actions.duplicate(id)}>
        Duplicate
      </MenuItem>
      <MenuItem icon="text" keys="Ctrl C" onPress={() => actions.copy(id)}>
        {copied > 1 ? `Copy these ${copied} layers as text` : 'Copy as text'}
      </MenuItem>
      <MenuItem icon="paste" keys="Ctrl V" onPress={() => actions.open({ kind: 'paste-text', after: id, text: '' })}>
        Paste layers below
      </MenuItem>
      <MenuItem icon="off" keys="X" onPress={() => actions.switchOff(id)}>
        {spec.off ? 'Switch on' : 'Switch off'}
      </MenuItem>
      <MenuItem icon="trash" keys="Delete" onPress={() => actions.remove(id)}>
        Delete
      </MenuItem>
      {copied > 1 && <BlockItems id={id} count={copied} />}
    </Popover>
  );
}

/** What can be done with all layers of the shortcut that a layer ends. */
function BlockItems({ id, count }: { readonly id: string; readonly count: number }) {
  const { moveBlock, duplicateBlock, removeBlock } = usePanelActions();
  return (
    <>
      <MenuItem icon="up" onPress={() => moveBlock(id, 'up')}>
        {`Move these ${count} layers up`}
      </MenuItem>
      <MenuItem icon="down" onPress={() => moveBlock(id, 'down')}>
        {`Move these ${count} layers down`}
      </MenuItem>
      <MenuItem icon="copy" onPress={() => duplicateBlock(id)}>
        {`Duplicate these ${count} layers`}
      </MenuItem>
      <MenuItem icon="trash" onPress={() => removeBlock(id)}>
        {`Delete these ${count} layers`}
      </MenuItem>
    </>
  );
}
