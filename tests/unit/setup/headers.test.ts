import { expect, test } from 'vitest';
import { contentSecurityPolicy, inlineScriptHashes, pageHeaders } from '../../../scripts/setup/headers.mjs';

test('the policy allows no inline code but what index.html has, and no other origin', () => {
  const policy = contentSecurityPolicy({ inPage: false });
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("worker-src 'self'");
  expect(policy).toContain("manifest-src 'self'");
  expect(policy.match(/'sha256-/g)).toHaveLength(1);
});

test('a script in a page is named by the hash of its code, however its lines end', () => {
  // The example of https://www.w3.org/TR/CSP2/.
  const hash = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
  expect(inlineScriptHashes("<p></p><script>alert('Hello, world.');</script><script src='x.js'></script>")).toEqual([
    hash,
  ]);
  expect(inlineScriptHashes('<script>a\r\nb</script>')).toEqual(inlineScriptHashes('<script>a\nb</script>'));
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
