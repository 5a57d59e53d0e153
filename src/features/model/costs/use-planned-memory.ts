import { useEffect, useState } from 'react';
import { hasSameValues } from '../../../core/same-values.ts';
import type { PlannedMemory } from '../../../core/training/planned-memory.ts';
import type { Draft } from '../../../state/draft.ts';
import { useDevice, useDraft, useQuestions } from '../../lab.tsx';

/**
 * The memory that training the draft takes on the device that is open, as it is planned before anything is allocated. Null while it
 * is worked out, and where it is not planned.
 */
export function usePlannedMemory(): PlannedMemory | null {
  const { ask } = useQuestions();
  const draft = useDraft((current) => current);
  const [asked, setAsked] = useState(draft);
  if (!takesSameMemory(asked, draft)) setAsked(draft);
  const backend = useDevice(({ report }) => report?.backend);
  const [memory, setMemory] = useState<PlannedMemory | null>(null);
  useEffect(() => {
    setMemory(null);
    if (backend === undefined) return;
    const waiting = new AbortController();
    const { dataset, network, recipe } = asked;
    // Without an answer the estimate stays.
    ask('plannedMemory', { dataset, network, recipe }, waiting).then(setMemory, () => {});
    return () => waiting.abort();
  }, [ask, asked, backend]);
  return memory;
}

/** Whether drafts differ only in what memory does not depend on: a slider that is dragged need not be followed by plans. */
function takesSameMemory(one: Draft, other: Draft): boolean {
  const { learningRate, epochs, seed } = one.recipe;
  const isSameSetup = one.dataset === other.dataset && one.network === other.network;
  return isSameSetup && hasSameValues(one.recipe, { ...other.recipe, learningRate, epochs, seed });
}
