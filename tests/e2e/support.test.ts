import { test as base, type Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { watchContext } from './support/watch.ts';

/** Starts a worker of the page's own origin. */
async function startWorker(page: Page, script: string): Promise<void> {
  await page.route('**/planted.js', (route) =>
    // A worker of an isolated page must ask for isolation itself, or it is blocked.
    route.fulfill({
      headers: { 'Content-Type': 'text/javascript', 'Cross-Origin-Embedder-Policy': 'require-corp' },
      body: script,
    }),
  );
  await page.evaluate(() => void new Worker('./planted.js'));
}

base.describe('the watch of every journey', () => {
  base('sees what the page and its workers say in the console', async ({ context, page, baseURL }) => {
    const watched = watchContext(context, new URL(baseURL ?? '').host);
    await page.goto('./');
    await page.evaluate("console.log('fine'); console.warn('from the page')");
    await startWorker(page, "console.error('from a worker')");
    await expect.poll(() => watched.complaints).toHaveLength(2);
    expect(watched.complaints[0]).toContain('warning: from the page');
    expect(watched.complaints[1]).toContain('error: from a worker');
  });

  base('sees what is thrown in the page and in its workers', async ({ context, page, baseURL }) => {
    const watched = watchContext(context, new URL(baseURL ?? '').host);
    await page.goto('./');
    await page.evaluate("setTimeout(() => { throw new Error('in the page') }); undefined");
    await expect.poll(() => watched.complaints).toEqual(['uncaught: in the page']);
    await startWorker(page, "Promise.reject(new Error('in a worker'))");
    await expect.poll(() => watched.complaints).toEqual(['uncaught: in the page', 'uncaught: in a worker']);
  });

  base('sees what asks another origin', async ({ context, page, baseURL }) => {
    const watched = watchContext(context, new URL(baseURL ?? '').host);
    await page.goto('./');
    await startWorker(page, "fetch('http://127.0.0.1:9/far').catch(() => {})");
    await expect.poll(() => watched.foreign).toEqual(['http://127.0.0.1:9/far']);
  });

  base('sees what breaks the policy of the page', async ({ context, page, baseURL }) => {
    const watched = watchContext(context, new URL(baseURL ?? '').host);
    await page.goto('./');
    const ran = await page.evaluate(() => {
      document.body.append(
        Object.assign(document.createElement('script'), { textContent: 'document.title = "broken"' }),
      );
      return document.title;
    });
    expect(ran).toBe('Fitting Room');
    await expect.poll(() => watched.complaints.join()).toContain('Content Security Policy');
  });

  test('fails a test that did not ask for it', async ({ page, watched }) => {
    test.fail();
    await page.goto('./');
    await page.evaluate("console.error('planted')");
    await expect.poll(() => watched.complaints).toHaveLength(1);
  });

  test.describe('where a test tolerates a message', () => {
    test.use({ tolerated: [/planted/] });

    test('lets it pass', async ({ page, watched }) => {
      await page.goto('./');
      await page.evaluate("console.error('planted')");
      await expect.poll(() => watched.complaints).toHaveLength(1);
    });
  });
});
