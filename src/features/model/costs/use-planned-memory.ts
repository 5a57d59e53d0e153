import { useEffect, useState } from 'react';
import type { Draft } from '../../../state/draft.ts';
import { useDevice, useDraft, useQuestions } from '../../lab.tsx';

/** What was planned, and for what. */
interface Planned {
  readonly draft: Draft;
  readonly backend: string;
  readonly bytes: number | null;
}

/**
 * The bytes that training the draft takes on the device that is open, as they are planned before anything is allocated. Null while they
 * are worked out, and where they are not planned.
 */
export function usePlannedMemory(): number | null {
  const { ask } = useQuestions();
  const draft = useDraft((current) => current);
  const backend = useDevice(({ report }) => report?.backend ?? null);
  const [planned, setPlanned] = useState<Planned | null>(null);
  useEffect(() => {
    if (backend === null) return;
    const waiting = new AbortController();
    const { dataset, network, recipe } = draft;
    ask('plannedMemory', { dataset, network, recipe }, { signal: waiting.signal }).then(
      (answer) => setPlanned({ draft, backend, bytes: answer?.bytes ?? null }),
      // Without an answer the estimate stays.
      () => {},
    );
    return () => waiting.abort();
  }, [ask, draft, backend]);
  return planned?.draft === draft && planned.backend === backend ? planned.bytes : null;
}
