import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

test('the page stays usable while the network trains', async ({ page }, info) => {
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });
  const lab = new LabPage(page);
  await lab.open('?backend=webgl');
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 3000, Epochs: 20, 'Batch size': 32 });
  await lab.train();
  await lab.passStep(20);

  const before = await lab.step();
  await page.getByRole('button', { name: 'Insert a layer after Flatten 1' }).click();
  await page
    .getByRole('dialog', { name: 'Insert a layer' })
    .getByRole('button', { name: /^Dropout/ })
    .click();
  await expect(page.getByRole('group', { name: 'Dropout 1', exact: true })).toBeVisible();
  await expect(page.getByText('Draft for run 2').first()).toBeVisible();
  for (const tab of ['Confusion', 'Report', 'Draw']) {
    await lab.tab(tab).click();
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
  }
  await lab.button('Undo').click();
  await expect(page.getByRole('group', { name: 'Dropout 1', exact: true })).toHaveCount(0);
  await expect(lab.status).toHaveAttribute('data-state', 'training');
  await lab.passStep(before);

  const tasks = await page.evaluate(() => ('longTasks' in window ? window.longTasks : []));
  info.annotations.push({ type: 'main-thread tasks over 50 ms', description: JSON.stringify(tasks) });
  await lab.button('Reset').click();
  await lab.reach('ready');
});

test('the builder is usable before the training engine has loaded', async ({ page }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/.*main.*\.js$/, async (route) => {
    if (route.request().resourceType() !== 'script' || page.workers().length === 0) return route.continue();
    await held;
    return route.continue();
  });
  const lab = new LabPage(page);
  await page.goto('./?backend=webgl');
  await expect(lab.status).toHaveAttribute('data-state', 'loading');
  await lab.edit('Conv2D 1', 'Padding', 'same');
  await expect(page.getByRole('group', { name: 'Conv2D 1', exact: true })).toContainText('28×28×32');
  release();
  await lab.reach('ready');
});

test('without WebGL the app says so and trains on the processor', async ({ page }) => {
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    const response = await route.fetch();
    const without = 'if(typeof document>"u"&&self.OffscreenCanvas)OffscreenCanvas.prototype.getContext=()=>null;\n';
    await route.fulfill({ response, body: without + (await response.text()) });
  });
  const lab = new LabPage(page);
  await lab.open('');
  await expect(lab.status).not.toHaveAttribute('data-backend', 'webgl');
  await expect(page.getByText('no GPU found')).toBeVisible();
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 100, Epochs: 1, 'Batch size': 10 });
  await lab.train();
  await lab.reach('finished');
});
