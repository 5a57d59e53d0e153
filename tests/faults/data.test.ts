import type { BrowserContext, Page, Route } from '@playwright/test';
import { serveFolder } from '../e2e/support/data-folder.ts';
import { LabPage } from '../e2e/support/lab-page.ts';
import { plantInWorker } from '../e2e/support/plant.ts';
import { expect, test } from '../e2e/support/test.ts';
import { folderOf } from '../support/proof-datasets.ts';
import { PATCHES, PATCHES_QUERY, trainedFigures, undisturbedFigures } from './support/figures.ts';

// The browser says in the console what could not be fetched.
test.use({ tolerated: [/Failed to load resource/] });

test.beforeEach(async ({ context }) => {
  await serveFolder(context, 'patches', PATCHES);
});

/** A file is tried three times, with pauses that are left out here. */
async function tryAtOnce(context: BrowserContext): Promise<void> {
  await plantInWorker(
    context,
    'const real = setTimeout; self.setTimeout = (act, ms = 0, ...rest) => real(act, ms <= 1000 ? 0 : ms, ...rest);',
  );
}

const SHARD = /\/patches\/train-340\.bin$/;
const MANIFEST = /\/patches\/manifest\.json$/;

const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'The data set is incomplete.' });

/** The bytes of a file of the folder, changed by a fault. */
async function bytesOf(route: Route): Promise<Buffer> {
  const file = route.request().url().split('/').at(-1) ?? '';
  return Buffer.from((await folderOf(PATCHES)).get(file) ?? []);
}

/** What a server does to a shard, in the order of the shards, and what is then said. */
const SHARD_FAULTS: readonly {
  readonly fault: string;
  readonly file: string;
  readonly answer: (route: Route) => Promise<void>;
  readonly says: string;
}[] = [
  {
    fault: 'corrupt',
    file: 'train-170.bin',
    answer: async (route) => {
      const body = await bytesOf(route);
      body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
      await route.fulfill({ body });
    },
    says: 'train-170.bin arrived damaged: its checksum does not match. What arrived before it can still be used; press Retry to fetch it again.',
  },
  {
    fault: 'truncated',
    file: 'train-340.bin',
    answer: async (route) => route.fulfill({ body: (await bytesOf(route)).subarray(0, 1000) }),
    says: 'The connection was probably cut; the page tries again every 15 seconds, and at once when you press Retry.',
  },
  {
    fault: 'a web page',
    file: 'train-510.bin',
    answer: (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    says: 'The server sent a web page in place of train-510.bin: your network wants you to sign in, or the file is missing. Sign in or tell whoever runs this page, then press Retry.',
  },
  {
    fault: 'missing (404)',
    file: 'test-0.bin',
    answer: (route) => route.fulfill({ status: 404 }),
    says: 'The server does not have test-0.bin. Press Retry; if that does not help, tell whoever runs this page',
  },
  {
    fault: 'refused (500)',
    file: 'test-170.bin',
    answer: (route) => route.fulfill({ status: 500 }),
    says: 'The server answered test-170.bin with error 500. Wait a moment: the page tries again every 15 seconds',
  },
];

test('shards corrupt, truncated, a web page, missing, refused: each is said, and after Retry the figures are those of an undisturbed run', async ({
  page,
  context,
  browser,
}) => {
  await tryAtOnce(context);
  for (const { file, answer } of SHARD_FAULTS) await page.route(`**/patches/${file}`, answer);
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  for (const { fault, file, says } of SHARD_FAULTS) {
    await test.step(fault, async () => {
      await expect(notice(page)).toContainText(says, { timeout: 20_000 });
      await page.unroute(`**/patches/${file}`);
      await notice(page).getByRole('button', { name: 'Retry' }).click();
    });
  }
  await expect(notice(page)).toHaveCount(0);
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
});

test('a shard missing in mid-training: the run trains on what arrived, waits, and goes on after Retry', async ({
  page,
  context,
  browser,
}) => {
  await tryAtOnce(context);
  await page.route(SHARD, (route) => route.fulfill({ status: 404 }));
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await expect(notice(page)).toBeVisible({ timeout: 20_000 });
  const figures = trainedFigures(lab);
  await lab.passStep(0);
  await page.unroute(SHARD);
  await notice(page).getByRole('button', { name: 'Retry' }).click();
  expect(await figures).toEqual(await undisturbedFigures(browser));
});

test('shard stalled: told after 20 seconds without a byte, and fetched again by itself', async ({
  page,
  context,
  browser,
}) => {
  // Seconds of the worker's timers last 50 ms.
  await plantInWorker(
    context,
    'const real = setTimeout; self.setTimeout = (act, ms = 0, ...rest) => real(act, ms / 20, ...rest);',
  );
  const stalled: Route[] = [];
  await page.route(SHARD, (route) => void stalled.push(route));
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await expect(notice(page)).toContainText(
    'No more of train-340.bin has arrived for 20 seconds. Check the network: the page tries again every 15 seconds',
  );
  expect(stalled).toHaveLength(1);
  await page.unroute(SHARD);
  await expect(notice(page)).toHaveCount(0);
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
});

test('offline in mid-stream: said, and once the device is online again the stream goes on by itself', async ({
  page,
  context,
  browser,
}) => {
  await tryAtOnce(context);
  const held: Route[] = [];
  const offline = { now: false };
  const refuse = (route: Route) => route.abort('internetdisconnected');
  await page.route(SHARD, (route) => (offline.now ? refuse(route) : void held.push(route)));
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await expect.poll(() => held.length).toBe(1);
  await expect(new LabPage(page).status).toHaveAttribute('data-backend', 'wasm');
  await scriptsLoaded(page);
  await context.setOffline(true);
  offline.now = true;
  for (const route of held) await refuse(route);
  await expect(notice(page)).toContainText(
    'This device is offline, so train-340.bin cannot be fetched. What arrived before can still be used. Once you are connected, the page continues by itself',
    { timeout: 20_000 },
  );
  await page.unroute(SHARD);
  await context.setOffline(false);
  await expect(notice(page)).toHaveCount(0, { timeout: 10_000 });
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
});

/** Waits until nothing more is loaded: parts of the page come after its first paint. */
async function scriptsLoaded(page: Page): Promise<void> {
  let before = -1;
  const isSettled = async () => {
    const now = await page.evaluate(() => performance.getEntriesByType('resource').length);
    const same = now === before;
    before = now;
    return same;
  };
  await expect.poll(isSettled, { intervals: [1000], timeout: 20_000 }).toBe(true);
}

test('offline from the start, without a visit before, once the scripts are here: said, and the data follow', async ({
  page,
  context,
  browser,
}) => {
  await tryAtOnce(context);
  // Where not even those are here, the browser shows a page of its own.
  const held: Route[] = [];
  const offline = { now: false };
  const refuse = (route: Route) => route.abort('internetdisconnected');
  await page.route(MANIFEST, (route) => (offline.now ? refuse(route) : void held.push(route)));
  await page.goto(`./${PATCHES_QUERY}`);
  await expect.poll(() => held.length).toBe(1);
  await scriptsLoaded(page);
  await context.setOffline(true);
  offline.now = true;
  for (const route of held) await refuse(route);
  await expect(notice(page)).toContainText('This device is offline, so manifest.json cannot be fetched.', {
    timeout: 20_000,
  });
  await page.unroute(MANIFEST);
  await context.setOffline(false);
  const lab = new LabPage(page);
  await lab.reach('ready');
  await expect(notice(page)).toHaveCount(0);
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
});

const MANIFEST_FAULTS = [
  { answer: { status: 404 }, says: 'The server does not have manifest.json. Press Retry;' },
  {
    answer: { body: '{"format": 2, "shards": [' },
    says: 'manifest.json does not describe data that this page can read (it is not JSON). Press Retry;',
  },
  {
    answer: { body: '{"format": 3}' },
    says: 'manifest.json does not describe data that this page can read (format:',
  },
];

test('manifest missing, garbage, of a newer form: each is said, and Retry opens the data set', async ({
  page,
  context,
  browser,
}) => {
  await tryAtOnce(context);
  const answers = [...MANIFEST_FAULTS];
  await page.route(MANIFEST, (route) => route.fulfill(answers[0]?.answer ?? {}));
  await page.goto(`./${PATCHES_QUERY}`);
  for (const { says } of MANIFEST_FAULTS) {
    await expect(notice(page)).toContainText(says, { timeout: 20_000 });
    answers.shift();
    if (answers.length === 0) await page.unroute(MANIFEST);
    await notice(page).getByRole('button', { name: 'Retry' }).click();
  }
  const lab = new LabPage(page);
  await lab.reach('ready');
  await expect(notice(page)).toHaveCount(0);
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
});

test('another data set in the folder: said, and Retry opens the right one', async ({ page, context }) => {
  await tryAtOnce(context);
  const other = (await folderOf(PATCHES)).get('manifest.json') ?? [];
  await page.route(/\/data\/manifest\.json$/, (route) => route.fulfill({ body: Buffer.from(other) }));
  await page.goto('./?backend=wasm');
  await expect(notice(page)).toContainText(
    'The data folder does not hold Fashion-MNIST as this page knows it, but Patches. Press Retry;',
    { timeout: 20_000 },
  );
  await page.unroute(/\/data\/manifest\.json$/);
  await notice(page).getByRole('button', { name: 'Retry' }).click();
  const lab = new LabPage(page);
  await lab.reach('ready');
  await lab.allShards();
  await expect(notice(page)).toHaveCount(0);
});

test('Cache API full: everything works, and the next visit fetches again', async ({ page, context, browser }) => {
  await plantInWorker(
    context,
    `Cache.prototype.put = () => Promise.reject(new DOMException('No space is left.', 'QuotaExceededError'));`,
  );
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
  const fetched = page.waitForRequest(SHARD);
  await page.reload();
  await fetched;
});
