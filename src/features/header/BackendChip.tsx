import { lazy, Suspense, useState } from 'react';
import { BACKEND_CHOICES, BACKEND_NAMES, type BackendChoice, type BackendReport } from '../../core/training/backend.ts';
import { StatusChip } from '../../ui/card/StatusChip.tsx';
import { Popover } from '../../ui/overlay/Popover.tsx';
import { useDevice } from '../lab.tsx';
import './backend-chip.css';

const ThreadsNote = lazy(() => import('./ThreadsNote.tsx').then((module) => ({ default: module.ThreadsNote })));

const CHOICES: { readonly [Name in BackendChoice]: string } = {
  auto: 'The fastest on this device',
  webgl: 'GPU, with WebGL',
  wasm: 'Processor, with WebAssembly',
  cpu: 'Processor, with JavaScript only',
  webgpu: 'GPU, with WebGPU (experimental)',
};

/** Where the arithmetic runs. Opens the reason and a choice of backends. */
export function BackendChip() {
  const report = useDevice((device) => device.report);
  const [anchor, setAnchor] = useState<Element | null>(null);
  if (report === null) return <StatusChip icon="chip" title="Starting" detail="the engine" />;
  return (
    <>
      <StatusChip
        icon="chip"
        title={BACKEND_NAMES[report.backend]}
        detail={detailOf(report)}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(anchor === null ? event.currentTarget : null)}
      />
      {anchor !== null && (
        <Popover className="backend-choice" anchor={anchor} label="Where it trains" onClose={() => setAnchor(null)}>
          <p>{report.fallback ?? reasonFor(report)}</p>
          {report.backend === 'wasm' && (
            <Suspense fallback={null}>
              <ThreadsNote />
            </Suspense>
          )}
          <h3>Run on (reloads the page)</h3>
          {BACKEND_CHOICES.map((choice) => (
            <a
              key={choice}
              className="opt"
              href={addressFor(choice)}
              aria-current={choice === chosen() ? 'true' : undefined}
            >
              {CHOICES[choice]}
            </a>
          ))}
        </Popover>
      )}
    </>
  );
}

function detailOf({ device, fallback }: BackendReport): string | undefined {
  const parts = [...(device === null ? [] : [device]), ...(fallback === null ? [] : ['no GPU found'])];
  return parts.length === 0 ? undefined : `· ${parts.join(', ')}`;
}

function reasonFor({ backend }: BackendReport): string {
  if (backend === 'webgl' || backend === 'webgpu') return 'Training runs on the graphics processor.';
  return 'Training runs on the processor, as chosen.';
}

/** The backend that the address of this page asks for. */
function chosen(): BackendChoice {
  const asked = new URL(location.href).searchParams.get('backend');
  return BACKEND_CHOICES.find((choice) => choice === asked) ?? 'auto';
}

/** The address of this page with another backend. */
function addressFor(choice: BackendChoice): string {
  const address = new URL(location.href);
  if (choice === 'auto') address.searchParams.delete('backend');
  else address.searchParams.set('backend', choice);
  return address.href;
}
