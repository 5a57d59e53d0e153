import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { mostThreads } from '../../src/core/training/backend.ts';
import { LabPage } from '../e2e/support/lab-page.ts';
import { test as journey, expect as plain } from '../e2e/support/test.ts';
import { PATCHES_QUERY, trainedFigures, undisturbedFigures } from './support/figures.ts';
import { StaticSite } from './support/static-site.ts';
import { BUILD, buildOtherVersion } from './support/versions.ts';

/** To store all files of the app takes some seconds on a machine that does other things as well. */
const expect = plain.configure({ timeout: 30_000 });

// The app on a plain host of static files, in a folder: it sends none of the headers that `npm start` sends.
const test = journey.extend<{ site: StaticSite }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  site: async ({}, use) => {
    const site = await StaticSite.start(BUILD);
    await use(site);
    await site.stop();
  },
  baseURL: async ({ site }, use) => use(site.address),
});

test.use({ serviceWorkers: 'allow', tolerated: [/Failed to load resource/] });

const ALL_WORKS = 'You are offline. Everything keeps working, even after a reload.';
const ONLY_WHILE_OPEN =
  'You are offline. This page keeps working while it stays open. Parts that you have not opened yet may be missing, and a reload needs the network: ';

const offline = (page: Page) => page.getByRole('status', { name: 'Offline' });
const update = (page: Page) => page.getByRole('status', { name: 'Update' });
const device = (page: Page) => page.getByRole('button', { name: /^WebAssembly/ });
const help = (page: Page) => page.getByRole('dialog', { name: /keyboard/i });

/** What stands in the place of a dialog that could not be loaded. */
const missing = (page: Page) => page.getByRole('dialog').filter({ hasText: 'could not be loaded' });

/** The page's own script, the last one: its name is another one in every version. */
const script = (page: Page) => page.locator('script[type="module"]').last();
const NEXT = /\/next-/;

/** Waits until the browser keeps all files of the app. */
async function filesKept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

test('after one whole visit everything works without a network: a reload, training, every part of the page', async ({
  page,
  context,
  site,
  browser,
}) => {
  const undisturbed = await undisturbedFigures(browser);
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await filesKept(page);
  await site.stop();
  await context.setOffline(true);
  await expect(offline(page)).toHaveText(ALL_WORKS);
  await page.reload();
  await lab.reach('ready');
  await expect(offline(page)).toHaveText(ALL_WORKS);
  await expect(page.getByRole('button', { name: /Patches.*ready/ })).toBeVisible();
  expect(await trainedFigures(lab)).toEqual(undisturbed);
  await lab.button('Help and keyboard shortcuts').click();
  await expect(help(page)).toBeVisible();
  const shipped = ['ciutacu.json', 'ciutacu.bin'].map((file) => `pretrained/${file}`);
  expect(
    await page.evaluate((urls) => Promise.all(urls.map(async (url) => (await fetch(url)).status)), shipped),
  ).toEqual([200, 200]);
  await site.restart();
  await context.setOffline(false);
  await expect(offline(page)).toHaveCount(0);
  expect((await page.goto('./no/such/page'))?.status()).toBe(404);
});

test('offline in mid-stream: says what is here, and the rest follows by itself', async ({
  page,
  context,
  site,
  browser,
}) => {
  const undisturbed = await undisturbedFigures(browser);
  site.held = /patches\/train-340/;
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await filesKept(page);
  await site.stop();
  await context.setOffline(true);
  await expect(offline(page)).toHaveText(
    'You are offline. 2 of 6 shards of the data set have loaded, and you can train on them; the rest will load by itself once the network is back. Everything else keeps working, even after a reload.',
  );
  site.held = null;
  await site.restart();
  await context.setOffline(false);
  await expect(page.getByRole('button', { name: /Patches.*ready/ })).toBeVisible();
  expect(await trainedFigures(lab)).toEqual(undisturbed);
});

test('offline after a visit that was not whole: says so, and the next visit with a network is whole', async ({
  page,
  context,
  site,
}) => {
  site.missing = /pretrained\/ciutacu\.bin/;
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await device(page).click();
  await expect(page.getByText('did not store its files, perhaps for lack of room')).toBeVisible();
  await context.setOffline(true);
  await expect(offline(page)).toHaveText(
    `${ONLY_WHILE_OPEN}the browser did not store the app, perhaps for lack of room.`,
  );
  site.missing = null;
  await context.setOffline(false);
  await page.reload();
  await filesKept(page);
  await context.setOffline(true);
  await page.reload();
  await expect(offline(page)).toHaveText(ALL_WORKS);
});

test('no room to store anything: says so, and trains to the same figures', async ({ page, context, site, browser }) => {
  const undisturbed = await undisturbedFigures(browser);
  const { origin } = new URL(site.address);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await device(page).click();
  await expect(page.getByText('did not store its files, perhaps for lack of room')).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await trainedFigures(lab)).toEqual(undisturbed);
});

test('a host without headers: the first visit says 1 thread and why, a reload gives all threads', async ({ page }) => {
  const threads = mostThreads(await page.evaluate(() => navigator.hardwareConcurrency));
  test.skip(threads === 1, 'This machine has one processor core.');
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(device(page)).toHaveText('WebAssembly · 1 thread');
  await device(page).click();
  const choice = page.getByRole('dialog', { name: 'Where it trains' });
  await expect(choice).toContainText(`1 thread of ${threads}.`);
  await expect(choice).toContainText('The server of this page does not ask for that, but the app has now set it up.');
  await choice.getByRole('button', { name: `Reload for all ${threads} threads` }).click();
  await expect(device(page)).toHaveText(`WebAssembly · ${threads} threads`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await device(page).click();
  await expect(choice).toContainText('Training runs on the processor, as chosen.');
  await expect(choice).not.toContainText('1 thread');
});

test.describe('a window without service workers', () => {
  test.use({ tolerated: [/Failed to load resource|dynamically imported module|preload CSS/] });

  test('says 1 thread and why, and what works offline, and a part that is missing leaves the rest alone', async ({
    page,
    context,
    site,
  }) => {
    await page.addInitScript('delete Navigator.prototype.serviceWorker');
    const lab = new LabPage(page);
    await lab.open(PATCHES_QUERY);
    await device(page).click();
    const choice = page.getByRole('dialog', { name: 'Where it trains' });
    await expect(choice).toContainText('private windows and addresses without https have no service worker');
    await expect(choice.getByRole('button')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await site.stop();
    await context.setOffline(true);
    await expect(offline(page)).toHaveText(
      `${ONLY_WHILE_OPEN}this window does not store the app, as private windows do not.`,
    );
    await lab.button('Help and keyboard shortcuts').click();
    await expect(missing(page)).toContainText(
      'This part of the page could not be loaded. This device is offline. It comes by itself once the network is back.',
    );
    await lab.reach('ready');
    await site.restart();
    await context.setOffline(false);
    await expect(help(page)).toBeVisible();
    await expect(missing(page)).toHaveCount(0);
  });

  test('parts of the page that the server does not have: said in their place, and fetched again with their styles', async ({
    page,
    site,
  }) => {
    await page.addInitScript('delete Navigator.prototype.serviceWorker');
    site.missing = /assets\/(HelpDialog-.*\.css|AnswerPanel-.*\.js)$/;
    const lab = new LabPage(page);
    await lab.open(PATCHES_QUERY);
    await lab.button('Help and keyboard shortcuts').click();
    await expect(missing(page)).toContainText('The server did not answer, or has a newer version of the page by now');
    await missing(page).getByRole('button', { name: 'Try again' }).click();
    await expect(missing(page)).toContainText('Tried 2 times.');
    await page.keyboard.press('Escape');
    await expect(missing(page)).toHaveCount(0);
    await lab.tab('Report').click();
    const panel = page.getByRole('tabpanel', { name: 'Report' });
    await expect(panel.getByRole('alert')).toContainText('This part of the page could not be loaded.');
    site.missing = null;
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(panel.getByRole('alert')).toHaveCount(0);
    await expect(panel).toContainText('Train a network first');
    await lab.button('Help and keyboard shortcuts').click();
    await expect(help(page)).toBeVisible();
    const styles = await page.evaluate(() => Array.from(document.styleSheets, ({ href }) => href ?? ''));
    expect(styles.filter((href) => href.includes('/HelpDialog-'))).toHaveLength(1);
  });
});

test.describe('a first visit', () => {
  test.use({ tolerated: [/Failed to load resource|dynamically imported module|preload CSS/] });

  test('whose network goes before the training engine is here: says so, goes on by itself, or when it is asked to', async ({
    page,
    context,
    site,
    browser,
  }) => {
    const undisturbed = await undisturbedFigures(browser);
    const failure = page.getByRole('alert').filter({ hasText: 'The training engine could not be loaded.' });
    // The scripts of the workers.
    site.held = /assets\/main-.*\.js$/;
    const asked = page.waitForRequest(site.held);
    const lab = new LabPage(page);
    await page.goto(`./${PATCHES_QUERY}`);
    await asked;
    await expect(lab.status).toHaveText(/^Starting the training engine|^Waiting for the first/);
    await context.setOffline(true);
    await site.stop();
    await expect(failure).toContainText('This device is offline. It comes by itself once the network is back.');
    await expect(lab.status).toHaveText('Waiting for the training engine');

    // What is loaded next, with WebAssembly, is not there any more.
    site.held = null;
    site.missing = /assets\/open-.*\.js$/;
    await site.restart();
    await context.setOffline(false);
    await expect(failure).toContainText('The server did not answer, or has a newer version of the page by now');
    site.missing = null;
    await failure.getByRole('button', { name: 'Try again' }).click();
    await lab.reach('ready');
    await expect(failure).toHaveCount(0);
    expect(await trainedFigures(lab)).toEqual(undisturbed);
  });
});

test('a new version is offered, not in mid-training, and another tab goes on with its own version', async ({
  page,
  context,
  site,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'version-'));
  try {
    await buildOtherVersion(folder, 'next-');
    // A training soon waits for the third shard, and is under way until it is paused.
    site.held = /patches\/train-340/;
    const lab = new LabPage(page);
    await lab.open(PATCHES_QUERY);
    await filesKept(page);
    const other = new LabPage(await context.newPage());
    await other.open(PATCHES_QUERY);
    site.folder = folder;

    // Neither a reload nor a new tab starts it.
    await other.page.reload();
    await expect(update(page)).toHaveText(
      'A new version is ready. Updating reloads the page; your network and your runs stay.',
    );
    await expect(update(other.page)).toBeVisible();
    await expect(script(other.page)).not.toHaveAttribute('src', NEXT);
    await lab.choosePreset(/^Dense network/);
    await lab.train();
    await expect(update(page)).toContainText('Training is under way.');
    await lab.button('Update now').dispatchEvent('click');
    await lab.button('Pause').click();
    await expect(update(page)).not.toContainText('Training is under way.');
    await expect(script(page)).not.toHaveAttribute('src', NEXT);

    await lab.button('Update now').click();
    await expect(script(page)).toHaveAttribute('src', NEXT);
    // The run that was paused may be there again.
    await expect(lab.status).toHaveAttribute('data-state', /ready|paused/);
    await expect(update(page)).toHaveCount(0);
    // The server does not have the files of the old version any more.
    await expect(script(other.page)).not.toHaveAttribute('src', NEXT);
    await other.button('Help and keyboard shortcuts').click();
    await expect(help(other.page)).toBeVisible();
    expect(await versionsKept(page)).toBe(2);
    await other.page.close();
    await page.reload();
    await expect.poll(() => versionsKept(page)).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** How many versions of the app the browser keeps. */
async function versionsKept(page: Page): Promise<number> {
  return page.evaluate(async () => (await caches.keys()).filter((name) => name.includes('-files ')).length);
}

journey.describe('beside the server of npm start', () => {
  journey.use({ serviceWorkers: 'allow', tolerated: [/Failed to load resource/] });

  journey('a missing file is not found, with the service worker, too', async ({ page }) => {
    await new LabPage(page).open();
    await filesKept(page);
    await page.reload();
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    for (const path of ['robots.txt', 'assets/gone.js', 'no/such/page']) {
      expect(await page.evaluate(async (url) => (await fetch(url)).status, path), path).toBe(404);
    }
    // An answer without a page: the browser shows its own.
    await expect(page.goto('./no/such/page')).rejects.toThrow('ERR_HTTP_RESPONSE_CODE_FAILURE');
  });
});
