import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('the app trains on WebAssembly with several threads, under its policy, and says so', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('?backend=wasm');
  await expect(lab.status).toHaveAttribute('data-backend', 'wasm');
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const threads = Math.min(8, cores);
  const chip = page.getByRole('button', { name: /^WebAssembly/ });
  await expect(chip).toHaveText(`WebAssembly · ${threads === 1 ? '1 thread' : `${threads} threads`}`);
  await chip.click();
  const choice = page.getByRole('dialog', { name: 'Where it trains' });
  await expect(choice).toContainText('Training runs on the processor, as chosen.');
  await expect(choice.getByRole('link', { name: 'GPU, with WebGL' })).toHaveAttribute('href', /\?backend=webgl$/);
  await expect(choice.getByRole('link', { name: /fastest/ })).toHaveAttribute('href', /\/$/);
  await chip.press('Escape');
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 2000, 'Batch size': 100, Epochs: 2 });
  await lab.train();
  await lab.reach('finished');
  expect(await lab.step()).toBe(32);
  expect(await lab.latest('Accuracy')).toBeGreaterThan(0.6);
});
