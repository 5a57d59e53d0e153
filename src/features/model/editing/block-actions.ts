import type { Edit, Network } from '../../../core/network/network.ts';
import {
  layersIn,
  type SkipBlock,
  skipBlockOf,
  withoutSkipBlock,
  withSkipBlockMoved,
} from '../../../core/network/skip-blocks.ts';
import type { DraftStore } from '../../../state/draft-store.ts';
import { pastedAt } from './clipboard.ts';
import type { BlockActions } from './panel-actions.ts';

/** What the block actions need. */
export interface BlockTools {
  readonly draft: DraftStore;
  network(): Network;
  insert(edits: readonly Edit[], what: string): void;
  /** Gives the focus to the layer at a position, or to the last one. */
  focusAt(index: number): void;
  say(text: string): void;
  noteDeletion(message: string, id: string): void;
}

/** Edits all layers of a shortcut as one; each call is one step of Undo. */
export function createBlockActions({ draft, network, insert, focusAt, say, noteDeletion }: BlockTools): BlockActions {
  /** Runs an edit on the block that ends in a layer, with its length in words. */
  const on = (id: string, edit: (block: SkipBlock, what: string) => void) => {
    const block = skipBlockOf(network(), id);
    if (block !== null) edit(block, countOf(block));
  };
  const become = (next: Network, change: string) => draft.edit([{ type: 'replace', network: next }], change);
  return {
    moveBlock: (id, direction) =>
      on(id, (block, what) => {
        const next = withSkipBlockMoved(network(), block, direction);
        if (next === null)
          return say(`${what} cannot move further: the list or the larger block around them ends here`);
        become(next, `move ${what}`);
        const { first, last } = skipBlockOf(next, id) ?? block;
        say(`${what}, positions ${first + 1} to ${last + 1} of ${next.layers.length}`);
      }),
    duplicateBlock: (id) =>
      on(id, (block, what) => insert(pastedAt(network(), block.last + 1, layersIn(network(), block)), what)),
    removeBlock: (id) =>
      on(id, (block, what) => {
        become(withoutSkipBlock(network(), block), `delete ${what}`);
        focusAt(block.first);
        noteDeletion(`${what} deleted`, id);
      }),
  };
}

function countOf({ first, last }: SkipBlock): string {
  const count = last - first + 1;
  return count === 1 ? '1 layer' : `${count} layers`;
}
