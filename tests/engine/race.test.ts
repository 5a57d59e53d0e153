import { expect, test } from 'vitest';
import type { Backend } from '../../src/core/training/backend.ts';
import { malcaSitalkilBase } from '../../src/datasets/fashion-mnist/presets/malca-sitalkil.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import type { Command } from '../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../src/protocol/events.ts';
import type { Port } from '../../src/protocol/port.ts';
import { raceBackends } from '../../src/state/backend-race.ts';

test('WebGL and WebAssembly race on a real network, each in a worker of its own, and all workers end', async () => {
  let running = 0;
  const startWorker = () => {
    const worker = new Worker(new URL('../../src/worker/main.ts', import.meta.url), { type: 'module' });
    const port: Port<Command, WorkerEvent> = worker;
    running++;
    return {
      port,
      onDeath: (listener: (message: string | null) => void) => {
        worker.onerror = ({ message }) => listener(message);
      },
      terminate: () => {
        running--;
        worker.terminate();
      },
    };
  };
  const tried: Backend[] = [];
  const times = await raceBackends({
    startWorker,
    source: { baseUrl: new URL('/data/', location.origin).href, expected: FASHION_MNIST, pretrainedUrl: null },
    setup: malcaSitalkilBase,
    steps: 1000,
    // However busy the machine is.
    patience: { least: 50, most: 50 },
    onContender: (backend) => tried.push(backend),
  });
  expect(tried).toEqual(['webgl', 'webgpu', 'wasm']);
  expect(running).toBe(0);
  const measured = times.map(({ backend }) => backend);
  expect(measured).toContain('webgl');
  expect(measured).toContain('wasm');
  for (const { first, step } of times) expect(first).toBeGreaterThan(step);
});
