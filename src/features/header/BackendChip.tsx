import type { Backend } from '../../core/backend.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { useDevice } from '../lab.tsx';

const TITLES: { readonly [Name in Backend]: string } = { webgl: 'WebGL', wasm: 'WebAssembly', cpu: 'CPU' };

/** Where the arithmetic runs, and why it is not the GPU where it is not. */
export function BackendChip() {
  const report = useDevice((device) => device.report);
  if (report === null) return <StatusChip icon="chip" title="Starting" detail="the engine" />;
  const detail = report.fallback === null ? report.device : 'no GPU found';
  return <StatusChip icon="chip" title={TITLES[report.backend]} detail={detail === null ? undefined : `· ${detail}`} />;
}
