import { useEffect, useState } from 'react';
import type { PlannedMemory } from '../../../core/training/planned-memory.ts';
import { useDevice, useDraft, useQuestions } from '../../lab.tsx';

/**
 * The memory that training the draft takes on the device that is open, as it is planned before anything is allocated. Null while it
 * is worked out, and where it is not planned.
 */
export function usePlannedMemory(): PlannedMemory | null {
  const { ask } = useQuestions();
  const draft = useDraft((current) => current);
  const backend = useDevice(({ report }) => report?.backend);
  const [memory, setMemory] = useState<PlannedMemory | null>(null);
  useEffect(() => {
    setMemory(null);
    if (backend === undefined) return;
    const waiting = new AbortController();
    const { dataset, network, recipe } = draft;
    // Without an answer the estimate stays.
    ask('plannedMemory', { dataset, network, recipe }, waiting).then(setMemory, () => {});
    return () => waiting.abort();
  }, [ask, draft, backend]);
  return memory;
}
