import type { Page } from '@playwright/test';
import { serveFolder } from '../e2e/support/data-folder.ts';
import { LabPage } from '../e2e/support/lab-page.ts';
import { plantInWorker, slowTraining } from '../e2e/support/plant.ts';
import { expect, test } from '../e2e/support/test.ts';
import { figuresOf, PATCHES, PATCHES_QUERY, patchesOn, trainedFigures, undisturbedFigures } from './support/figures.ts';
import { hideTab } from './support/hidden-tab.ts';
import { trainingWorker } from './support/training-worker.ts';

test.beforeEach(async ({ context }) => {
  await serveFolder(context, 'patches', PATCHES);
});

const stopped = (page: Page) => page.getByRole('alert').filter({ hasText: 'Training stopped.' });

/** What a browser may lack, and where training then runs. */
const LACKS = [
  {
    lack: 'SharedArrayBuffer',
    script: 'delete self.SharedArrayBuffer;',
    asked: 'wasm',
    runsOn: 'wasm',
    chip: /^WebAssembly · 1 thread$/,
    says: 'Training runs on the processor, as chosen.',
  },
  {
    lack: 'WebAssembly with vectors (SIMD)',
    script: 'WebAssembly.validate = () => false;',
    asked: 'wasm',
    runsOn: 'cpu',
    chip: /^JavaScript/,
    says: 'This browser has no WebAssembly with vectors, so training runs in plain JavaScript, many times slower.',
  },
  {
    lack: 'WebGL',
    script: 'if (self.OffscreenCanvas) OffscreenCanvas.prototype.getContext = () => null;',
    asked: 'auto',
    runsOn: 'wasm',
    chip: /^WebAssembly.*no GPU found$/,
    says: 'This browser does not offer WebGL2, so training runs on the processor',
  },
  {
    lack: 'OffscreenCanvas',
    script: 'delete self.OffscreenCanvas;',
    asked: 'webgl',
    runsOn: 'wasm',
    chip: /^WebAssembly.*no GPU found$/,
    says: 'This browser does not offer WebGL2, so training runs on the processor',
  },
  {
    lack: 'WebGPU',
    script: `Object.defineProperty(navigator, 'gpu', { value: undefined });`,
    asked: 'webgpu',
    runsOn: 'wasm',
    chip: /^WebAssembly.*no GPU found$/,
    says: 'so training runs on the processor, which is slower.',
  },
] as const;

for (const { lack, script, asked, runsOn, chip, says } of LACKS) {
  test(`no ${lack}: said, and trained all the same`, async ({ page, context, browser }) => {
    await plantInWorker(context, script);
    await page.addInitScript(script);
    const lab = new LabPage(page);
    await lab.open(patchesOn(asked));
    await expect(lab.status).toHaveAttribute('data-backend', runsOn);
    await page.getByRole('button', { name: chip }).click();
    await expect(page.getByRole('dialog', { name: 'Where it trains' })).toContainText(says);
    await page.keyboard.press('Escape');
    expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser, runsOn));
  });
}

test('the clock jumps by hours: time left and the time of the run stay sane, and so do the figures', async ({
  page,
  context,
  browser,
}) => {
  await slowTraining(context, { after: 100 });
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await lab.choosePreset(/^Dense network/);
  await lab.setRecipe({ Epochs: 1000 });
  await lab.train();
  await lab.passStep(100);
  const jump = (hours: number) => {
    const ms = hours * 3_600_000;
    const [now, date] = [performance.now.bind(performance), Date.now];
    performance.now = () => now() + ms;
    Date.now = () => date() - ms;
  };
  await page.evaluate(jump, 3);
  await trainingWorker(page).evaluate(jump, 3);
  await lab.passStep((await lab.step()) + 200);
  // Minutes and seconds: nothing takes hours here.
  await expect(lab.status).toContainText(/\D\d{1,2}:\d\d left/);
  await lab.button('Pause').click();
  await lab.reach('paused');
  const newest = page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1);
  await expect(newest.locator('.c-time')).toHaveText(/^\d{1,2}:\d\d$/);
  await lab.button('Reset').click();
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
});

test('a hidden tab trains on', async ({ page, browser }) => {
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await hideTab(page);
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
});

test('a loss that is no number: said with what to change, and the next run works', async ({ page, browser }) => {
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await lab.choosePreset(/^Dense network/);
  await page.getByLabel('Optimizer', { exact: true }).selectOption('SGD');
  await lab.setRecipe({ 'Learning rate': 10, Epochs: 30 });
  await lab.edit('Dense 1', 'Activation', 'linear');
  await lab.train();
  await lab.reach('failed');
  await expect(stopped(page)).toContainText(
    'The learning rate 10 is too high for this network: press Reset and try 1.',
  );
  await lab.button('Reset').click();
  await expect(stopped(page)).toHaveCount(0);
  expect(await trainedFigures(lab)).toEqual(await undisturbedFigures(browser));
});

/** Makes memory end at so many bytes, as on a small device. */
const LIMITS = {
  wasm: (bytes: number) => {
    const grow = WebAssembly.Memory.prototype.grow;
    WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number) {
      if (this.buffer.byteLength + pages * 65_536 > bytes) throw new RangeError('Maximum memory size exceeded');
      return grow.call(this, pages);
    };
  },
  webgl: (bytes: number) => {
    const { prototype } = WebGL2RenderingContext;
    const { texStorage2D, texStorage3D, bindTexture, deleteTexture, getError } = prototype;
    const sizes = new Map<WebGLTexture | null, number>();
    let bound: WebGLTexture | null = null;
    let isFull = false;
    prototype.bindTexture = function (this: WebGL2RenderingContext, target, texture) {
      bound = texture;
      bindTexture.call(this, target, texture);
    };
    prototype.deleteTexture = function (this: WebGL2RenderingContext, texture) {
      sizes.delete(texture);
      deleteTexture.call(this, texture);
    };
    const fits = (format: number, texels: number) => {
      const size = texels * (format === prototype.RGBA32F ? 16 : format === prototype.R8UI ? 1 : 4);
      isFull ||= [...sizes.values()].reduce((sum, each) => sum + each, size) > bytes;
      if (!isFull) sizes.set(bound, size);
      return !isFull;
    };
    prototype.texStorage2D = function (this: WebGL2RenderingContext, ...call) {
      const [, , format, width, height] = call;
      if (fits(format, width * height)) texStorage2D.call(this, ...call);
    };
    prototype.texStorage3D = function (this: WebGL2RenderingContext, ...call) {
      const [, , format, width, height, depth] = call;
      if (fits(format, width * height * depth)) texStorage3D.call(this, ...call);
    };
    prototype.getError = function (this: WebGL2RenderingContext) {
      const error = isFull ? this.OUT_OF_MEMORY : getError.call(this);
      isFull = false;
      return error;
    };
  },
};

/** Bytes in which batches of 1,024 do not fit, and batches of 512 do. */
const SMALL = { wasm: 34 * 2 ** 20, webgl: 58 * 2 ** 20 } as const;

for (const backend of ['wasm', 'webgl'] as const) {
  test(`out of memory on ${backend}, and again: the largest power of two that fits is offered, and trains`, async ({
    page,
  }) => {
    const lab = new LabPage(page);
    await lab.open(patchesOn(backend));
    await lab.choosePreset(/^Small CNN/);
    await lab.setRecipe({ Epochs: 1, 'Batch size': 1024 });
    await trainingWorker(page).evaluate(LIMITS[backend], SMALL[backend]);
    // What a failed try leaves behind would take the memory from the next.
    for (let run = 0; run < (backend === 'wasm' ? 4 : 1); run++) {
      await lab.train();
      await lab.reach('failed');
    }
    await expect(stopped(page)).toContainText(
      /This page ran out of memory: training this network with this batch takes \d+ MB and judging it some more, which is more/,
    );
    // The next larger power of two is 1,024, which failed.
    await stopped(page).getByRole('button', { name: 'Train with batches of 512', exact: true }).click();
    await lab.reach('finished');
    await expect(stopped(page)).toHaveCount(0);
    await expect(page.getByLabel('Batch size', { exact: true })).toHaveValue('512');
  });
}

test('a message of the worker that cannot be read: another worker goes on, to the same figures', async ({
  page,
  browser,
}) => {
  await page.addInitScript(() => {
    const Real = window.Worker;
    window.Worker = class extends Real {
      constructor(...options: ConstructorParameters<typeof Worker>) {
        super(...options);
        addEventListener('garble', () => this.dispatchEvent(new MessageEvent('messageerror')), { once: true });
      }
    };
  });
  const lab = new LabPage(page);
  await lab.open(PATCHES_QUERY);
  await lab.choosePreset(/^Dense network/);
  await lab.setRecipe({ Epochs: 2 });
  await lab.button('Step batch').click();
  await lab.reach('paused');
  await page.evaluate(() => dispatchEvent(new Event('garble')));
  await expect(page.getByText('One of its messages could not be read.')).toBeVisible();
  await page.getByRole('button', { name: /^Resume/ }).click();
  await lab.reach('finished');
  expect(await figuresOf(lab)).toEqual(await undisturbedFigures(browser));
});
