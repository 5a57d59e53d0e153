import { SkipGrip } from '../../../ui/card/SkipLines.tsx';
import { Tooltip } from '../../../ui/overlay/Tooltip.tsx';
import { useDraft } from '../../lab.tsx';
import { layersOf } from '../editing/clipboard.ts';

/** Props of {@link BracketGrip}. */
export interface BracketGripProps {
  readonly lane: number;
  /** The layer that the bracket ends in, and its name. */
  readonly id: string;
  readonly name: string;
}

/** The end of a bracket: while it has the focus, keys edit all layers of the block as one. */
export function BracketGrip({ lane, id, name }: BracketGripProps) {
  const count = useDraft(({ network }) => layersOf(network, id).length);
  return (
    <Tooltip text={`${count} layers as one: Alt ↑ ↓, D, Delete`}>
      <SkipGrip
        lane={lane}
        block={id}
        label={`Block of ${count} layers, down to ${name}`}
        tabIndex={-1}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown D Delete"
      />
    </Tooltip>
  );
}
