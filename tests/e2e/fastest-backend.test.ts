import { LabPage } from './support/lab-page.ts';
import { plantInWorker } from './support/plant.ts';
import { expect, test } from './support/test.ts';

/** Has WebGL name a graphics processor: where it draws on the processor, there is nothing to choose. */
const GRAPHICS_PROCESSOR = `
  const getParameter = WebGL2RenderingContext.prototype.getParameter;
  WebGL2RenderingContext.prototype.getParameter = function (name) {
    const value = getParameter.call(this, name);
    return typeof value === 'string' && value.includes('llvmpipe') ? 'Test GPU' : value;
  };`;

/** An earlier visit found out that networks of dense layers train faster on the processor here. */
function keepRace() {
  const times = [
    { backend: 'webgl', first: 1, step: 0.5 },
    { backend: 'wasm', first: 0.1, step: 0.002 },
  ];
  localStorage.setItem(
    'races',
    JSON.stringify({ browser: navigator.userAgent, races: [['Test GPU, dense 1e7', times]] }),
  );
}

test('a run begins on the backend that won the race of an earlier visit, and the choice of backends says why', async ({
  page,
}) => {
  await plantInWorker(page.context(), GRAPHICS_PROCESSOR);
  await page.addInitScript(keepRace);
  const lab = new LabPage(page);
  await lab.open('');
  await expect(page.getByRole('button', { name: /^WebGL/ })).toHaveText('WebGL · Test GPU');
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 1000, 'Batch size': 20, Epochs: 3 });
  await lab.train();
  await lab.reach('finished');
  expect(await lab.step()).toBe(120);
  await expect(lab.status).toHaveAttribute('data-backend', 'wasm');
  await page.getByRole('button', { name: /^WebAssembly/ }).click();
  const choice = page.getByRole('dialog', { name: 'Where it trains' });
  await expect(choice).toContainText('Training runs on the processor, which is faster here for this network.');
  await expect(choice).toContainText(
    'Measured on this device, on a network like that of the last run: WebAssembly 2.0 ms a step, WebGL 500.',
  );
});
