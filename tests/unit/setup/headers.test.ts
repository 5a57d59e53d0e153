import { expect, test } from 'vitest';
import { contentSecurityPolicy, pageHeaders } from '../../../scripts/setup/headers.mjs';

test('the policy allows no inline code and no other origin', () => {
  const policy = contentSecurityPolicy({ inPage: false });
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("worker-src 'self'");
  expect(policy).toContain("manifest-src 'self'");
});

test('the page itself does not speak of frames, which browsers would warn of', () => {
  expect(contentSecurityPolicy({ inPage: true })).not.toContain('frame-ancestors');
});

test('the page is isolated with and without the policy', () => {
  for (const policy of [true, false]) {
    const headers = pageHeaders({ policy });
    expect(headers['Cross-Origin-Opener-Policy']).toBe('same-origin');
    expect(headers['Cross-Origin-Embedder-Policy']).toBe('require-corp');
    expect('Content-Security-Policy' in headers).toBe(policy);
  }
});
