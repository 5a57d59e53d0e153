import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { engine, setBackend } from '@tensorflow/tfjs-core';

/** WebGPU cannot train here; the message is a clause that completes "..., so training runs on the processor". */
export class NoWebgpuError extends Error {
  override readonly name = 'NoWebgpuError';
}

/**
 * Makes tfjs run on WebGPU; `device` is what the browser reveals of the adapter's name, such as `apple metal-3`. Throws
 * a NoWebgpuError where the browser has no WebGPU, or no adapter for it.
 */
export async function openWebgpu(): Promise<{ readonly backend: WebGPUBackend; readonly device: string | null }> {
  // tfjs itself would fail on a missing adapter.
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new NoWebgpuError('This browser does not offer WebGPU');
  await setBackend('webgpu');
  const backend = engine().registry['webgpu'];
  if (!(backend instanceof WebGPUBackend)) throw new NoWebgpuError('WebGPU did not start');
  const { vendor, architecture } = adapter.info;
  return { backend, device: [vendor, architecture].filter((part) => part !== '').join(' ') || null };
}
