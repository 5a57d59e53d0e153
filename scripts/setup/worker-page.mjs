import { chromium } from 'playwright';
import { browserFlags } from './browser.mjs';
import { ensureBrowser } from './install-browser.mjs';
import { freePort } from './port.mjs';
import { serveSite } from './site.mjs';

/** @typedef {{ workerUrl: string, baseUrl: string, shippedUrl: string }} Place where the app's worker and its files are */

/**
 * Builds and serves the app, and does something in a page of its origin that has the address of its worker.
 *
 * @template Result
 * @param {{ root: string, outDir: string }} options the project's folder, and where in it the app is built
 * @param {(page: import('playwright').Page, place: Place) => Promise<Result>} task
 * @returns {Promise<Result>}
 */
export async function withWorkerPage({ root, outDir }, task) {
  const site = await serveSite({ root, port: await freePort(), outDir });
  const browser = await chromium.launch({ executablePath: ensureBrowser(root), args: browserFlags() });
  try {
    const page = await browser.newPage({ serviceWorkers: 'block' });
    const started = page.waitForEvent('worker');
    await page.goto(site.address);
    const workerUrl = (await started).url();
    // Any page of the origin that starts no worker of its own.
    await page.goto(new URL('data/LICENSE', site.address).href);
    page.on('console', (message) => message.type() === 'log' && console.log(message.text()));
    const [baseUrl, shippedUrl] = ['data/', 'pretrained/ciutacu.json'].map((path) => new URL(path, site.address).href);
    return await task(page, { workerUrl, baseUrl: baseUrl ?? '', shippedUrl: shippedUrl ?? '' });
  } finally {
    await browser.close();
    await site.close();
  }
}
