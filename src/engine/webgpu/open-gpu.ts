import type { LossWatch } from '../loss-watch.ts';
import { Gpu } from './gpu.ts';
import { selfTest } from './self-test.ts';

/** The executor's view of a device; null where it computes wrongly. The watch must learn when the device is lost. */
export async function openGpu(device: GPUDevice, watch: LossWatch): Promise<Gpu | null> {
  try {
    const gpu = new Gpu(device, watch);
    return (await selfTest(gpu)) ? gpu : note('it computed wrong numbers');
  } catch (error) {
    return note(String(error));
  }
}

function note(reason: string): null {
  // biome-ignore lint/suspicious/noConsole: training works without them, but slower; the log says why.
  console.warn(`The WebGPU kernels do not work on this GPU, so tfjs' own are used: ${reason}.`);
  return null;
}
