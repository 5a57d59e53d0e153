import { type RefObject, useEffect, useState } from 'react';
import { definitionOf } from '../../../core/network/layers/registry.ts';
import { useDraft, useLab } from '../../lab.tsx';
import { moveProblem } from '../editing/move-problem.ts';
import { usePanelActions } from '../editing/panel-actions.ts';
import type { Lifted } from './sorter.ts';
import { WaitingSorter } from './waiting-sorter.ts';

/** The sorter of a stack, and the card that it holds. An edit from elsewhere puts the card back. */
export function useSorter(stack: RefObject<HTMLElement | null>): readonly [WaitingSorter, Lifted | null] {
  const { draft } = useLab();
  const { move, say } = usePanelActions();
  const network = useDraft((state) => state.network);
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [sorter] = useState(() => {
    const present = () => draft.store.getState();
    return new WaitingSorter({
      stack: () => stack.current,
      titleOf: (id) => {
        const layer = present().network.layers.find((each) => each.id === id);
        return layer === undefined ? '' : definitionOf(layer.kind).title;
      },
      judge: (id, to) => moveProblem(present(), id, to),
      show: setLifted,
      drop: move,
      say,
    });
  });
  useEffect(() => sorter.load(), [sorter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the network is what ends a move.
  useEffect(() => () => sorter.cancel(), [sorter, network]);
  return [sorter, lifted];
}
