import { expect, test } from 'vitest';
import { interruptionText } from '../../../../src/features/training/interruption-text.ts';

const replaced = {
  kind: 'replaced',
  cause: 'gpuLost',
  run: 2,
  step: 1480,
  from: 'webgl',
  to: null,
  message: 'Lost.',
} as const;
const textOf = (more: Partial<Parameters<typeof interruptionText>[0]>) =>
  Object.values(interruptionText({ ...replaced, ...more } as Parameters<typeof interruptionText>[0])).join(' ');

test.each([
  [{}, 'The graphics processor was lost. Run 2 goes on from step 1,480.'],
  [{ to: 'webgl' as const }, 'The graphics processor was lost. Run 2 goes on from step 1,480.'],
  [
    { to: 'wasm' as const },
    'The graphics processor was lost. Run 2 goes on from step 1,480. It now runs on WebAssembly, because WebGL failed twice.',
  ],
  [{ step: 0, cause: 'hung' as const }, 'The training engine did not answer any more. Run 2 goes on from its start.'],
  [
    { run: null, cause: 'stopped' as const, message: 'Out of memory.' },
    'The training engine stopped. It was started again. The cause: Out of memory.',
  ],
  [
    { kind: 'silent' as const, seconds: 3.5 },
    'The training engine has not answered for 4 s. If it stays silent, it is started again, and training goes on from its last checkpoint.',
  ],
])('%j', (more, text) => {
  expect(textOf(more)).toBe(text);
});
