import { BACKEND_CHOICES, type BackendChoice, type BackendReport } from '../../core/training/backend.ts';
import { raceText } from '../../core/training/race.ts';
import { Popover } from '../../ui/overlay/Popover.tsx';
import './backend-chip.css';
import { part } from '../../ui/card/part.tsx';
import { useBackendDecision } from '../lab.tsx';

const ThreadsNote = part(async () => (await import('./ThreadsNote.tsx')).ThreadsNote);

const CHOICES: { readonly [Name in BackendChoice]: string } = {
  auto: 'The fastest on this device',
  webgl: 'GPU, with WebGL',
  wasm: 'Processor, with WebAssembly',
  cpu: 'Processor, with JavaScript only',
  webgpu: 'GPU, with WebGPU (experimental)',
};

/** Props of {@link BackendPopover}. */
export interface BackendPopoverProps {
  readonly anchor: Element;
  readonly report: BackendReport;
  readonly onClose: () => void;
}

/** Why the arithmetic runs where it does, and a choice of backends. */
export function BackendPopover({ anchor, report, onClose }: BackendPopoverProps) {
  const times = useBackendDecision((decision) => decision.times);
  return (
    <Popover className="backend-choice" anchor={anchor} label="Where it trains" onClose={onClose}>
      <p>{report.fallback ?? reasonFor(report)}</p>
      {times !== null && <p>Measured on this device, on a network like that of the last run: {raceText(times)}.</p>}
      {report.backend === 'wasm' && <ThreadsNote />}
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
  );
}

function reasonFor({ backend }: BackendReport): string {
  if (backend === 'webgl' || backend === 'webgpu') return 'Training runs on the graphics processor.';
  if (chosen() === 'auto') return 'Training runs on the processor, which is faster here for this network.';
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
