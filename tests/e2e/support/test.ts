import { test as base, expect } from '@playwright/test';
import { type Watched, watchContext } from './watch.ts';

type Fixtures = {
  /** Console messages and uncaught errors that a test provokes on purpose. */
  readonly tolerated: readonly RegExp[];
  /** What the pages of the test have done so far; the test fails if it is not empty in the end. */
  readonly watched: Watched;
};

/**
 * Playwright's `test`, under the rules that every journey keeps: no console error or warning, no uncaught error, every
 * request to the app's own origin. `test.use({ tolerated: [/message/] })` lets a provoked message pass.
 */
export const test = base.extend<Fixtures>({
  tolerated: [[], { option: true }],
  watched: [
    async ({ context, baseURL, tolerated }, use) => {
      const watched = watchContext(context, new URL(baseURL ?? '').host);
      await use(watched);
      expect(watched.foreign, 'requests to another origin').toEqual([]);
      const unexpected = watched.complaints.filter((text) => !tolerated.some((pattern) => pattern.test(text)));
      expect(unexpected, 'console errors, warnings and uncaught errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
