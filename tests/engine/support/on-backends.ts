import { memory } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import type { Backend } from '../../../src/core/backend.ts';
import { type Device, openDevice } from '../../../src/engine/device.ts';

/** Runs a test on a device of its own choosing, and checks that no tensor is left behind. */
export async function onDevice(backend: Backend, body: (device: Device) => Promise<void> | void): Promise<void> {
  const device = await openDevice(backend);
  expect(device.report.backend).toBe(backend);
  const before = memory().numTensors;
  await body(device);
  expect(memory().numTensors).toBe(before);
}

/** The same test on WebGL and twice on the processor, by WebAssembly and by JavaScript. */
export function testOnBackends(name: string, body: (device: Device) => Promise<void> | void): void {
  test.each(['webgl', 'wasm', 'cpu'] as const)(`${name} (%s)`, (backend) => onDevice(backend, body));
}
