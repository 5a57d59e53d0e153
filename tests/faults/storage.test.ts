import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { epochMeans, stepCurve } from '../../src/core/training/curves.ts';
import { serveFolder } from '../e2e/support/data-folder.ts';
import { LabPage, TRAINING_TIMEOUT } from '../e2e/support/lab-page.ts';
import { plantInWorker, slowTraining } from '../e2e/support/plant.ts';
import { expect, test } from '../e2e/support/test.ts';
import { readValue } from '../fixtures/archive/values.ts';
import { type ProofDataset, points } from '../support/proof-datasets.ts';
import { plantStorage, readStore } from './support/browser-storage.ts';
import { figuresOf, PATCHES, PATCHES_QUERY, trainedFigures, undisturbedFigures } from './support/figures.ts';

test.beforeEach(async ({ context }) => {
  await serveFolder(context, 'patches', PATCHES);
});

const storage = (page: Page) => page.getByRole('status', { name: 'Storage' });

/** Every row of the runs as it reads: epochs, accuracies, test results and times. */
async function runRows(page: Page): Promise<readonly string[]> {
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row');
  return (await rows.allTextContents()).slice(1);
}

/** The same, once the test set is judged, which happens after a run is finished. */
async function judgedRows(page: Page): Promise<readonly string[]> {
  await expect(page.getByRole('table', { name: 'Runs' })).not.toContainText('at end', { timeout: TRAINING_TIMEOUT });
  return runRows(page);
}

/** Waits until the page says that so many runs are kept. */
async function keptRuns(page: Page, count: number): Promise<void> {
  await expect(storage(page)).toContainText(`${count} ${count === 1 ? 'run' : 'runs'} kept`);
}

test('a sweep of four rates, 4 epochs each, reloaded in its middle, and a run that follows it at once: all are whole', async ({
  page,
  context,
}) => {
  // Workers stand still in the third run, which a quick machine would have ended before the page is reloaded.
  let isHeld = true;
  const hold = `const post = self.postMessage.bind(self);
    self.postMessage = (message, transfer) => {
      post(message, transfer);
      while (message.type === 'progressed' && message.run === 3);
    };`;
  await plantInWorker(context, () => (isHeld ? hold : ''));
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await lab.choosePreset(/^Dense network/);
  // Batches of 8, so that a run lasts longer than the time between two writings.
  await lab.setRecipe({ Epochs: 4, 'Batch size': 8 });
  await lab.button('Sweep a hyperparameter').click();
  const sweep = page.getByRole('dialog', { name: 'Sweep' });
  await sweep.getByLabel('with the values').fill('0.0001, 0.0003, 0.001, 0.003');
  await sweep.getByRole('button', { name: 'Train 4 runs' }).click();
  await expect(sweep.getByRole('status')).toHaveText('Training 2 of 4 runs', { timeout: TRAINING_TIMEOUT });
  page.once('framenavigated', () => {
    isHeld = false;
  });
  await page.reload();
  // Nothing starts by itself.
  await lab.reach('paused');
  // Three where the page was gone before the end of the second run was kept: that run goes on, too.
  await page.getByRole('button', { name: /^Go on with the sweep: [23] runs left$/ }).click();
  await lab.button('Sweep, running').click();
  await expect(sweep.getByRole('status')).toHaveText('Trained 4 of 4 runs', { timeout: TRAINING_TIMEOUT });
  await page.keyboard.press('Escape');
  await lab.train();
  await lab.reach('finished');
  const rows = await judgedRows(page);
  expect(rows).toHaveLength(5);
  await keptRuns(page, 5);
  await page.reload();
  await lab.reach('finished');
  await expect.poll(() => runRows(page)).toEqual(rows);
  await lab.button('Restore the model, recipe and weights of run 2').click();
  await lab.reach('finished');
  await expect.poll(() => runRows(page)).toEqual(rows);
});

test('a run followed at once by another, reloaded in its middle: the first is whole with its test result, the second goes on', async ({
  page,
  context,
  browser,
}) => {
  await slowTraining(context, { after: 20 });
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  const figures = await trainedFigures(lab);
  await lab.setRecipe({ Epochs: 1000 });
  await lab.train();
  await expect.poll(() => readStore(page, 'fitting-room', 'checkpoint'), { timeout: 30_000 }).toHaveProperty('2');
  await page.reload();
  await lab.reach('paused');
  const kept = await lab.step();
  expect(kept).toBeGreaterThan(0);
  await lab.button('Resume').click();
  await lab.passStep(kept);
  await lab.button('Pause').click();
  await lab.reach('paused');
  await lab.button('Restore the model, recipe and weights of run 1').click();
  await lab.reach('finished');
  const first = page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(2);
  expect(figures).toEqual(await undisturbedFigures(browser));
  expect([...(await lab.table('Loss')), ...(await lab.table('Accuracy'))]).toEqual(figures.slice(0, -1));
  await expect(first.locator('.c-test')).toHaveText(figures.at(-1) ?? '');
});

test('quota of 1 MB: training goes on, what is not kept is said, and it is kept once there is room', async ({
  page,
  browser,
}) => {
  const lab = new LabPage(page);
  const session = await page.context().newCDPSession(page);
  // Before the database is opened: the browser looks at the quota only now and then.
  await plantStorage(page, {});
  const origin = await page.evaluate(() => location.origin);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000_000 });
  await lab.open(PATCHES_QUERY);
  await lab.choosePreset(/^Dense network/);
  await lab.setRecipe({ Epochs: 2 });
  await lab.train();
  await lab.reach('finished');
  expect(await figuresOf(lab)).toEqual(await undisturbedFigures(browser));
  await expect(storage(page)).toContainText('The browser has no more room for this page');
  await page.getByRole('button', { name: 'Storage is full' }).click();
  await expect(page.getByRole('dialog', { name: 'What is kept' })).toContainText('free space on the disk');
  await page.keyboard.press('Escape');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await lab.button('Pin run 1').click();
  await keptRuns(page, 1);
  await expect(storage(page)).not.toContainText('no more room');
  await page.reload();
  await lab.reach('finished');
  await expect(lab.button('Unpin run 1')).toBeVisible();
});

/** Makes run 1, which has one epoch, so many epochs long, as a version of the app had left it that kept all steps in one record. */
async function lengthen(page: Page, count: number, losses: readonly number[]): Promise<void> {
  await plantStorage(page, {});
  await page.evaluate(
    async ([epochs, values]) => {
      const request = indexedDB.open('fitting-room');
      const database = await new Promise<IDBDatabase>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
      const transaction = database.transaction(['run', 'checkpoint'], 'readwrite');
      const [runs, checkpoints] = [transaction.objectStore('run'), transaction.objectStore('checkpoint')];
      const steps = Float32Array.from(values);
      const found = runs.get(1);
      found.onsuccess = () => {
        const { run } = found.result;
        const [first] = run.epochs;
        const judged = Array.from({ length: epochs }, (_, i) => ({
          ...first,
          epoch: i + 1,
          step: (i + 1) * first.step,
        }));
        const draft = { ...run.draft, recipe: { ...run.draft.recipe, epochs } };
        const long = { ...run, draft, epochs: judged, losses: steps, accuracies: steps };
        runs.put({ version: 4, kind: 'run', run: long }, 1);
      };
      const kept = checkpoints.get(1);
      kept.onsuccess = () => {
        const { checkpoint, ...record } = kept.result;
        const snapshot = { ...checkpoint.snapshot, step: steps.length };
        const course = { ...checkpoint.course, lengths: [epochs] };
        checkpoints.put({ ...record, checkpoint: { ...checkpoint, snapshot, course, judgedEpochs: epochs } }, 1);
      };
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      database.close();
    },
    [count, losses] as const,
  );
}

test('a run of 40,000 steps: memory has means of the first, and the numbers that are saved are those of every step', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await lab.choosePreset(/^Dense network/);
  await lab.setRecipe({ Epochs: 1, 'Batch size': 4 });
  await lab.train();
  await lab.reach('finished');
  await keptRuns(page, 1);
  const length = await lab.step();
  const epochs = Math.ceil(40_000 / length);
  const losses = Float32Array.from({ length: epochs * length }, (_, step) => 2 / (1 + step / 500) + (step % 7) / 9);
  await lengthen(page, epochs, [...losses]);
  await page.goto(`./${PATCHES_QUERY}`);
  await lab.reach('finished');
  await expect.poll(() => readStore(page, 'fitting-room', 'steps')).toMatchObject({ '1,0': { version: 1 } });
  const saving = page.waitForEvent('download');
  await lab.button('Save run 1 loss').click();
  await page.getByRole('button', { name: 'Numbers CSV' }).click();
  const rows = (await readFile(await (await saving).path(), 'utf8')).trim().split('\n');
  const column = (place: number) => rows.map((row) => row.split(',')[place]).filter(Boolean);
  const values = (curve: readonly { readonly value: number }[]) => curve.map(({ value }) => String(value));
  expect(column(1)).toEqual(['training', ...values(stepCurve(losses, length, epochs))]);
  expect(column(2)).toEqual(['training epoch mean', ...values(epochMeans(losses, length))]);
});

test('weights of more than 64 MB: not kept, which is said, and curve and results are', async ({ page }) => {
  const dense = (id: string, units: number, activation: string) => ({ kind: 'dense', id, units, activation });
  const layers = [{ kind: 'flatten', id: 'flatten' }, dense('a', 2000, 'relu'), dense('b', 2000, 'relu')];
  const network = JSON.stringify({ layers: [...layers, dense('output', PATCHES.spec.classes.length, 'softmax')] });
  const recipe = { epochs: 1, batchSize: 120 };
  const text = JSON.stringify({ dataset: 'patches', network, recipe, presetId: '' });
  await plantStorage(page, { texts: { 'draft patches': text } });
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await lab.train();
  await lab.reach('finished');
  await expect(storage(page)).toContainText(
    'The weights of run 1 are too large to be kept. The curves and results are kept.',
  );
  await keptRuns(page, 1);
  const rows = await judgedRows(page);
  await page.reload();
  await lab.reach('ready');
  await expect.poll(() => runRows(page)).toEqual(rows);
  await expect(lab.button('Restore the model and recipe of run 1')).toBeVisible();
});

test('IndexedDB absent: everything works, and it is said that nothing is kept', async ({ page, browser }) => {
  await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
  await expect(storage(page)).toContainText('This browser gives the page no storage');
  await page.getByRole('button', { name: 'Nothing is kept' }).click();
  await expect(page.getByRole('dialog', { name: 'What is kept' })).toContainText('Leave private browsing');
});

/** The points as manifests described tables at that time: by columns of numbers, of which no range was known. */
function formerPoints(): ProofDataset {
  const { spec, samples } = points();
  if (spec.samples.kind !== 'table') throw new Error('The points are no table.');
  const fields = spec.samples.fields.map((field) => ({ ...field, least: 0, most: 1 }));
  return { spec: { ...spec, samples: { ...spec.samples, fields, answer: 'class' } }, samples };
}

test('records of the first version: runs, drafts and drawing come back, and the old storage is cleared', async ({
  page,
  context,
}) => {
  await serveFolder(context, 'points', formerPoints());
  const records = JSON.parse(
    JSON.stringify(readValue('v1-database.json'), (_key, value) =>
      ArrayBuffer.isView(value) ? { [value.constructor.name]: Object.values(value) } : value,
    ),
  );
  const databases = [{ name: 'fitting-room-1', records: { runs: records } }];
  await plantStorage(page, { databases, texts: readValue('v1-local-storage.json') as object });
  const lab = new LabPage(page);
  await page.goto('./?backend=wasm&data=points/');
  await lab.reach('paused');
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue('7');
  await keptRuns(page, 2);
  await expect.poll(() => runRows(page)).toHaveLength(2);
  const rows = await runRows(page);
  await expect(storage(page)).toHaveText(/^2 runs kept/);
  await expect(lab.tab('Report')).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => readStore(page, 'fitting-room-1', 'runs')).toBeNull();
  await page.reload();
  await lab.reach('paused');
  await expect.poll(() => runRows(page)).toEqual(rows);
  await lab.button('Resume').click();
  await lab.reach('finished');
});

test('garbage in every store and in the local storage: left out and said, and everything else comes back', async ({
  page,
  browser,
}) => {
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  const figures = await trainedFigures(lab);
  const rows = await runRows(page);
  await keptRuns(page, 1);
  const garbage = { version: 2, kind: 'run', run: { number: 7 } };
  const names = ['draft', 'drawing', 'setting', 'checkpoint', 'answers', 'steps', 'queue', 'about'];
  const stores = Object.fromEntries(
    names.map((name) => [name, [['boot', { version: 2, kind: name, text: 5 }]] as const]),
  );
  const texts = Object.fromEntries(
    ['theme', 'visited', 'recipe-open', 'runs-height', 'single-keys', 'draft patches'].map((key) => [key, '{"🥾']),
  );
  const records = {
    ...stores,
    run: [
      [7, garbage],
      [8, 'boot'],
    ] as const,
  };
  await plantStorage(page, { databases: [{ name: 'fitting-room', records }], texts });
  await page.goto(`./${PATCHES_QUERY}`);
  await lab.reach('finished');
  await expect.poll(() => runRows(page)).toEqual(rows);
  await expect(storage(page)).toContainText('2 runs are stored in a form that cannot be read, and left out.');
  expect(figures).toEqual(await undisturbedFigures(browser));
  await lab.train();
  await expect(lab.status).toHaveAttribute('data-run', '9');
});

test('records and a database of a newer version: refused, said, and left as they are', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  const newer = {
    run: [[4, { version: 99, kind: 'run', curves: [] }]],
    draft: [['patches', { version: 99, kind: 'draft', layers: [] }]],
  } as const;
  await plantStorage(page, { databases: [{ name: 'fitting-room', records: newer }] });
  await page.goto(`./${PATCHES_QUERY}`);
  await lab.reach('ready');
  await expect(storage(page)).toContainText('One run is stored by a newer version of Fitting Room, and left as it is.');
  await trainedFigures(lab);
  await expect(lab.status).toHaveAttribute('data-run', '5');
  await keptRuns(page, 1);
  expect(await readStore(page, 'fitting-room', 'run')).toMatchObject({ 4: newer.run[0][1] });
  expect(await readStore(page, 'fitting-room', 'draft')).toMatchObject({ patches: newer.draft[0][1] });

  await plantStorage(page, { databases: [{ name: 'fitting-room', version: 9, records: newer }] });
  await page.goto(`./${PATCHES_QUERY}`);
  await lab.reach('ready');
  await expect(storage(page)).toContainText('This older one leaves it as it is, and keeps nothing.');
  await lab.setRecipe({ Epochs: 2 });
  expect(Object.keys((await readStore(page, 'fitting-room', 'run')) ?? {})).toEqual(['4', '5']);
});

test('an edit right before the page is left is there on the next visit, from the first paint on', async ({ page }) => {
  const lab = new LabPage(page);
  await page.goto('./?backend=wasm');
  await lab.setRecipe({ Seed: 7 });
  await lab.choosePreset(/dense 128/);
  const chosen = await page.getByLabel('Preset', { exact: true }).locator('option:checked').textContent();
  await page.reload();
  await page.addInitScript(() => {
    const names = new Set<string>();
    Object.assign(globalThis, { names });
    new MutationObserver(() => {
      const name = document.querySelector<HTMLSelectElement>('select[aria-label="Preset"]')?.selectedOptions[0]?.text;
      if (name !== undefined) names.add(name);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue('7');
  const names = await page.evaluate(() => Array.from((globalThis as unknown as { names: Set<string> }).names));
  expect(names).toEqual([chosen]);
});

test('an edit before what keeps it has come: there on the next visit, and kept from then on', async ({ page }) => {
  const lab = new LabPage(page);
  const seed = page.getByLabel('Seed', { exact: true });
  // It does not come before the page is left.
  await page.route(/keep-lab-[^/]*\.js/, () => undefined);
  await page.goto('./?backend=wasm');
  await lab.setRecipe({ Seed: 7 });
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.reload();
  await expect(seed).toHaveValue('7');
  await expect.poll(() => readStore(page, 'fitting-room', 'draft')).toHaveProperty('fashion-mnist');
  await expect.poll(() => page.evaluate(() => localStorage.getItem('unsaved draft fashion-mnist'))).toBeNull();
  await page.reload();
  await expect(seed).toHaveValue('7');
});

test.describe('what keeps everything cannot be fetched', () => {
  test.use({ tolerated: [/Failed to load resource.*keep-lab/] });

  for (const again of ['the network is back', 'Try again'] as const) {
    test(`until ${again}: said, and what was made meanwhile is kept`, async ({ page }) => {
      const lab = new LabPage(page);
      await page.route(/keep-lab-[^/]*\.js/, (route) => route.abort());
      await lab.open(PATCHES_QUERY);
      await lab.choosePreset(/^Dense network/);
      await lab.setRecipe({ Epochs: 1 });
      await lab.train();
      await lab.reach('finished');
      await expect(storage(page)).toContainText('The part of the page that keeps your work in this browser');
      await page.unroute(/keep-lab-[^/]*\.js/);
      await page.getByRole('button', { name: 'Not kept yet' }).click();
      if (again === 'Try again') await page.getByRole('button', { name: again }).click();
      else await page.evaluate(() => dispatchEvent(new Event('online')));
      await keptRuns(page, 1);
      await expect(storage(page)).not.toContainText('could not be loaded');
      const rows = await judgedRows(page);
      await page.reload();
      await lab.reach('finished');
      await expect.poll(() => runRows(page)).toEqual(rows);
    });
  }
});

test('a database that does not answer: the page opens without it, and has the draft once it does', async ({ page }) => {
  const lab = new LabPage(page);
  await page.goto('./?backend=wasm');
  await lab.setRecipe({ Seed: 7 });
  await expect.poll(() => readStore(page, 'fitting-room', 'draft')).toHaveProperty('fashion-mnist');
  await page.addInitScript(() => {
    const held: (() => void)[] = [];
    const answers = { now: false };
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...options) {
      const request = open.apply(this, options);
      // Who asks hears of the success only when it is let go.
      const hear = (listener: (event: Event) => void) =>
        request.addEventListener('success', (event) =>
          answers.now ? listener(event) : held.push(() => listener(event)),
        );
      Object.defineProperty(request, 'onsuccess', { set: hear });
      return request;
    };
    addEventListener('answer', () => {
      answers.now = true;
      for (const listen of held) listen();
    });
  });
  await page.reload();
  const seed = page.getByLabel('Seed', { exact: true });
  await expect(seed).toBeVisible();
  await expect(seed).not.toHaveValue('7');
  await page.evaluate(() => dispatchEvent(new Event('answer')));
  await expect(seed).toHaveValue('7');
});
