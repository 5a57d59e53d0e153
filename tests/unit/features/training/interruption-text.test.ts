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
  [{}, 'The connection to the graphics processor was lost. Run 2 continues from step 1,480.'],
  [{ to: 'webgl' as const }, 'The connection to the graphics processor was lost. Run 2 continues from step 1,480.'],
  [
    { to: 'wasm' as const },
    'The connection to the graphics processor was lost. Run 2 continues from step 1,480. It now runs on WebAssembly, because WebGL failed twice.',
  ],
  [{ step: 0, cause: 'hung' as const }, 'The training engine stopped responding. Run 2 continues from the start.'],
  [
    { run: null, cause: 'stopped' as const, message: 'Out of memory.' },
    'The training engine stopped. It was restarted. The cause: Out of memory.',
  ],
  [
    { kind: 'silent' as const, seconds: 3.5 },
    'The training engine has not responded for 4 s. If it stays silent, it will be restarted, and training will continue from its last checkpoint.',
  ],
])('%j', (more, text) => {
  expect(textOf(more)).toBe(text);
});
