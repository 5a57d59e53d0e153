import { SkipHandle } from '../../../ui/card/SkipLines.tsx';
import { Tooltip } from '../../../ui/overlay/Tooltip.tsx';
import { useDraft } from '../../lab.tsx';
import { layersOf } from '../editing/clipboard.ts';

/** Props of {@link BracketHandle}. */
export interface BracketHandleProps {
  readonly lane: number;
  /** The layer that the bracket ends in, and its name. */
  readonly id: string;
  readonly name: string;
}

/** The end of a bracket: while it has the focus, keys edit all layers of the block as one. */
export function BracketHandle({ lane, id, name }: BracketHandleProps) {
  const count = useDraft(({ network }) => layersOf(network, id).length);
  return (
    <Tooltip text={`${count} layers as one: Alt ↑ ↓, D, Delete`}>
      <SkipHandle
        lane={lane}
        block={id}
        label={`Block of ${count} layers, down to ${name}`}
        tabIndex={-1}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown D Delete"
      />
    </Tooltip>
  );
}
