import { useEffect, useState } from 'react';
import { useDevice, useDraft, useQuestions } from '../../lab.tsx';

/**
 * The bytes that training the draft takes on the device that is open, as they are planned before anything is allocated. Null while they
 * are worked out, and where they are not planned.
 */
export function usePlannedMemory(): number | null {
  const { ask } = useQuestions();
  const draft = useDraft((current) => current);
  const backend = useDevice(({ report }) => report?.backend);
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => {
    setBytes(null);
    if (backend === undefined) return;
    const waiting = new AbortController();
    const { dataset, network, recipe } = draft;
    // Without an answer the estimate stays.
    ask('plannedMemory', { dataset, network, recipe }, waiting).then(
      (answer) => setBytes(answer?.bytes ?? null),
      () => {},
    );
    return () => waiting.abort();
  }, [ask, draft, backend]);
  return bytes;
}
