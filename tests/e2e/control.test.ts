import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { slowTraining } from './support/plant.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

/** A network and a recipe that train an epoch in a few seconds: 40 steps, or on WebGL, which is slow without a GPU, 20 of a smaller one. */
async function openSmall(lab: LabPage, epochs: number, backend: 'wasm' | 'webgl' = 'wasm') {
  await lab.open(`?backend=${backend}`);
  await lab.choosePreset(backend === 'webgl' ? /dense 128/ : /dense 512/);
  await lab.setRecipe({ 'Training images': backend === 'webgl' ? 500 : 1000, Epochs: epochs, 'Batch size': 20 });
}

test('the same seed gives the same curves, and another seed gives others', async ({ page }) => {
  const lab = new LabPage(page);
  await openSmall(lab, 2, 'webgl');
  const curves = async () => {
    await lab.train();
    await lab.reach('finished');
    return [await lab.table('Loss'), await lab.table('Accuracy')];
  };
  const first = await curves();
  expect(first[0]).toHaveLength(3);
  await lab.button('Reset').click();
  expect(await curves()).toEqual(first);
  await lab.button('Reset').click();
  await lab.fill('Seed', 7);
  expect(await curves()).not.toEqual(first);
});

test('Pause stops within a batch, Resume goes on, and the curve is that of a run that was never paused', async ({
  page,
  context,
}) => {
  await slowTraining(context, { after: 10, ms: 200 });
  const lab = new LabPage(page);
  await openSmall(lab, 4);
  await lab.train();
  await lab.passStep(10);
  await lab.button('Pause').click();
  await lab.reach('paused');
  const paused = await lab.step();
  expect(paused).toBeLessThan(160);
  // Answers to two drawings, one after the other, come from the same weights: the worker has stopped, and not only the page.
  const prediction = page.getByRole('list', { name: 'Prediction' });
  for (const outline of ['Trouser', 'Bag']) {
    const before = (await prediction.textContent()) ?? '';
    await lab.button(`Outline: ${outline}`).click();
    await expect(prediction).not.toHaveText(before);
    await expect(page.getByText(`weights of step ${paused.toLocaleString('en-US')}`)).toBeVisible();
  }
  expect(await lab.step()).toBe(paused);
  await lab.button('Resume').click();
  await lab.reach('finished');
  const interrupted = await lab.table('Loss');
  await lab.train();
  await lab.reach('finished');
  expect(await lab.table('Loss')).toEqual(interrupted);
});

test('single steps train one batch and one epoch, and Reset starts over', async ({ page }) => {
  const lab = new LabPage(page);
  await openSmall(lab, 2);
  await lab.button('Step batch').click();
  await lab.reach('paused');
  await lab.reachStep(1);
  await lab.button('Step batch').click();
  await lab.reachStep(2);
  await lab.button('Step epoch').click();
  await lab.reachStep(40);
  await expect(lab.status).toHaveAttribute('data-epoch', '1');
  await lab.reach('paused');
  await lab.button('Reset').click();
  await lab.reach('ready');
  await lab.reachStep(0);
  await lab.button('Step batch').click();
  await lab.reach('paused');
  await lab.reachStep(1);
});

test('training goes on where requestAnimationFrame does not exist', async ({ page }) => {
  await page.route(/\/assets\/main-.*\.js$/, async (route) => {
    const response = await route.fetch({ maxRetries: 3 });
    const without =
      'if(typeof document>"u")delete self.requestAnimationFrame,delete WorkerGlobalScope.prototype.requestAnimationFrame,delete DedicatedWorkerGlobalScope.prototype.requestAnimationFrame;\n';
    await route.fulfill({ response, body: without + (await response.text()) });
  });
  const lab = new LabPage(page);
  await openSmall(lab, 1, 'webgl');
  const worker = page.workers()[0];
  expect(await worker?.evaluate(() => typeof requestAnimationFrame)).toBe('undefined');
  await lab.train();
  await lab.reach('finished');
});
