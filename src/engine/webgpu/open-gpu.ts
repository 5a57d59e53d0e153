import type { LossWatch } from '../loss-watch.ts';
import { Gpu } from './gpu.ts';
import { noteFallback } from './note-fallback.ts';
import { selfTest } from './self-test.ts';

/** The executor's view of a device; null where it computes wrongly. The watch must learn when the device is lost. */
export async function openGpu(device: GPUDevice, watch: LossWatch): Promise<Gpu | null> {
  try {
    const gpu = new Gpu(device, watch);
    return (await selfTest(gpu)) ? gpu : noteFallback('it computed wrong numbers');
  } catch (error) {
    return noteFallback(String(error));
  }
}
