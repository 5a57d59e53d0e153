import { test as base, expect } from '@playwright/test';

type Options = {
  /** Console messages and page errors that a test provokes on purpose. */
  readonly tolerated: readonly RegExp[];
};

type Watch = {
  /** Fails a test whose page complains in the console, throws, or asks another origin for anything. */
  readonly watch: undefined;
};

/**
 * Playwright's `test`, under the rules that every journey keeps: no console error or warning, no uncaught error, every
 * request to the app's own origin. `test.use({ tolerated: [/message/] })` lets a provoked message pass.
 */
export const test = base.extend<Options & Watch>({
  tolerated: [[], { option: true }],
  watch: [
    async ({ context, baseURL, tolerated }, use) => {
      const complaints: string[] = [];
      const foreign: string[] = [];
      const home = new URL(baseURL ?? '').host;
      context.on('console', (message) => {
        if (!['error', 'warning'].includes(message.type())) return;
        complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (problem) => complaints.push(`uncaught: ${problem.error().message}`));
      context.on('request', (request) => {
        if (isForeign(request.url(), home)) foreign.push(request.url());
      });
      context.on('page', (page) => {
        page.on('websocket', (socket) => foreign.push(socket.url()));
      });
      await use(undefined);
      expect(foreign, 'requests to another origin').toEqual([]);
      const unexpected = complaints.filter((text) => !tolerated.some((pattern) => pattern.test(text)));
      expect(unexpected, 'console errors, warnings and uncaught errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Whether an address leaves the app's origin; `data:` and `blob:` never do. */
function isForeign(url: string, home: string): boolean {
  const { protocol, host } = new URL(url);
  return protocol !== 'data:' && protocol !== 'blob:' && host !== home;
}
