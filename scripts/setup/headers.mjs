import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const page = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');

/**
 * The Content-Security-Policy of the page: everything from its own origin, no inline script but those that are in index.html, no eval
 * but WebAssembly's. Frames can only be forbidden by the header; browsers warn when the page itself tries.
 *
 * @param {{ inPage: boolean }} where
 * @returns {string}
 */
export function contentSecurityPolicy({ inPage }) {
  const rules = [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...inlineScriptHashes(page)].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob: data:",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return [...rules, ...(inPage ? [] : ["frame-ancestors 'none'"])].join('; ');
}

/**
 * The scripts that stand in a page, as a policy names them.
 *
 * @param {string} html
 * @returns {string[]}
 */
export function inlineScriptHashes(html) {
  // Browsers read every line break as a line feed.
  const scripts = html.replaceAll('\r\n', '\n').matchAll(/<script>(.*?)<\/script>/gs);
  return Array.from(scripts, ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
}

/**
 * What the server sends with every file. The page is cross-origin isolated, so that WebAssembly may use threads. The dev
 * server goes without the policy, because hot reloading puts a script into the page.
 *
 * @param {{ policy: boolean }} options
 * @returns {Record<string, string>}
 */
export function pageHeaders({ policy }) {
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'X-Content-Type-Options': 'nosniff',
    ...(policy && { 'Content-Security-Policy': contentSecurityPolicy({ inPage: false }) }),
  };
}
