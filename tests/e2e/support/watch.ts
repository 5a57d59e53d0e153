import type { BrowserContext } from '@playwright/test';

/** What a browser context did that no journey may do; it grows while the context lives. */
export type Watched = {
  /** Console errors, warnings and uncaught errors, of pages and workers. */
  readonly complaints: readonly string[];
  /** Addresses outside the app's origin that were asked for. */
  readonly foreign: readonly string[];
};

/** What the test runner itself says in a page that may have no service worker. */
const BLOCKED = 'Service Worker registration blocked by Playwright';

/** Watches all pages and workers of a context; `home` is the app's host with its port. */
export function watchContext(context: BrowserContext, home: string): Watched {
  const complaints: string[] = [];
  const foreign: string[] = [];
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || message.text() === BLOCKED) return;
    complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (problem) => complaints.push(`uncaught: ${problem.error().message}`));
  context.on('request', (request) => {
    if (isForeign(request.url(), home)) foreign.push(request.url());
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => foreign.push(socket.url()));
  });
  return { complaints, foreign };
}

/** Whether an address leaves the app's origin; `data:` and `blob:` never do. */
function isForeign(url: string, home: string): boolean {
  const { protocol, host } = new URL(url);
  return protocol !== 'data:' && protocol !== 'blob:' && host !== home;
}
