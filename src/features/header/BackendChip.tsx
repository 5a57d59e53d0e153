import { useState } from 'react';
import { BACKEND_NAMES, type BackendReport } from '../../core/training/backend.ts';
import { part } from '../../ui/card/part.tsx';
import { StatusChip } from '../../ui/card/StatusChip.tsx';
import { useDevice } from '../lab.tsx';

const BackendPopover = part(async () => (await import('./BackendPopover.tsx')).BackendPopover, { missing: 'dialog' });

/** Where the arithmetic runs. Opens the reason and a choice of backends. */
export function BackendChip() {
  const { report, failure } = useDevice((device) => device);
  const [anchor, setAnchor] = useState<Element | null>(null);
  if (report === null)
    return <StatusChip icon="chip" title={failure ? 'Waiting for' : 'Starting'} detail="the engine" />;
  return (
    <>
      <StatusChip
        icon="chip"
        title={BACKEND_NAMES[report.backend]}
        detail={detailOf(report)}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(anchor === null ? event.currentTarget : null)}
      />
      {anchor !== null && <BackendPopover anchor={anchor} report={report} onClose={() => setAnchor(null)} />}
    </>
  );
}

function detailOf({ device, fallback }: BackendReport): string | undefined {
  const parts = [...(device === null ? [] : [device]), ...(fallback === null ? [] : ['no GPU found'])];
  return parts.length === 0 ? undefined : `· ${parts.join(', ')}`;
}
