import { expect, test } from 'vitest';
import { isolated } from '../../../src/service-worker/isolation.ts';

test('adds the headers of isolation, and leaves the rest of a response as it is', async () => {
  const response = new Response('the page', {
    status: 203,
    statusText: 'Changed',
    headers: { 'Content-Type': 'text/html', 'Cross-Origin-Opener-Policy': 'unsafe-none' },
  });
  const copy = isolated(response);
  expect(Object.fromEntries(copy.headers)).toEqual({
    'content-type': 'text/html',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect([copy.status, copy.statusText, await copy.text()]).toEqual([203, 'Changed', 'the page']);
});
