import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Backend } from '../../../src/core/training/backend.ts';
import { type Device, openDevice } from '../../../src/engine/device.ts';

/** Runs a test on a device of its own choosing, and checks that no tensor is left behind. */
export async function onDevice(backend: Backend, body: (device: Device) => Promise<void> | void): Promise<void> {
  const device = await openDevice(backend);
  expect(device.report.backend).toBe(backend);
  const before = memory().numTensors;
  await body(device);
  expect(memory().numTensors).toBe(before);
}

/** What can be tried here: WebGPU is there only where the browser was started with it. */
export const BACKENDS_HERE: readonly Backend[] = ['webgl', 'wasm', 'cpu', ...(await webgpuIfThere())];

async function webgpuIfThere(): Promise<readonly Backend[]> {
  const adapter = await navigator.gpu?.requestAdapter();
  return adapter ? ['webgpu'] : [];
}

/** The same test on every backend: WebGL, the processor by WebAssembly and by JavaScript, and WebGPU where it is. */
export function testOnBackends(name: string, body: (device: Device) => Promise<void> | void): void {
  test.each(BACKENDS_HERE)(`${name} (%s)`, (backend) => onDevice(backend, body));
}
