import type { Browser, BrowserContext, Route } from '@playwright/test';
import { serveFolder } from '../e2e/support/data-folder.ts';
import { LabPage, TRAINING_TIMEOUT } from '../e2e/support/lab-page.ts';
import { plantInWorker } from '../e2e/support/plant.ts';
import { expect, test } from '../e2e/support/test.ts';
import { watchContext } from '../e2e/support/watch.ts';
import { figuresOf, PATCHES } from './support/figures.ts';

// What the browser says of a GPU or a page that is made to crash.
test.use({ tolerated: [/WebGL|GPU|CONTEXT_LOST/i] });

test.beforeEach(async ({ context }) => {
  await serveFolder(context, 'patches', PATCHES);
});

/** Steps of an epoch. */
const EPOCH = 60;

type Backend = 'wasm' | 'webgl';

/** How many there are: on WebGL, which a machine without a GPU is slow with, the one in which the fault comes is the last. */
const EPOCHS: { readonly [Name in Backend]: number } = { wasm: 3, webgl: 2 };

/** Trains one epoch of a small network, which then stands still at a checkpoint. */
async function trainOneEpoch(lab: LabPage, backend: Backend): Promise<void> {
  await lab.open(`?backend=${backend}&data=patches/`);
  await lab.choosePreset(/^Dense network/);
  await lab.setRecipe({ Epochs: EPOCHS[backend], 'Batch size': 8 });
  await lab.button('Step epoch').click();
  await lab.reachStep(EPOCH);
  await lab.reach('paused');
}

/** Trains on to the end, and gives all figures of the run. */
async function figuresAtTheEnd(lab: LabPage): Promise<readonly string[]> {
  await lab.reach('finished');
  return figuresOf(lab);
}

const undisturbed = new Map<Backend, Promise<readonly string[]>>();

/** The figures of the same run where nothing goes wrong; trained once on each backend. */
function undisturbedFigures(browser: Browser, backend: Backend): Promise<readonly string[]> {
  const train = async () => {
    const context = await browser.newContext();
    await serveFolder(context, 'patches', PATCHES);
    const lab = new LabPage(await context.newPage());
    await trainOneEpoch(lab, backend);
    await lab.button('Resume').click();
    const figures = await figuresAtTheEnd(lab);
    await context.close();
    return figures;
  };
  const known = undisturbed.get(backend) ?? train();
  undisturbed.set(backend, known);
  return known;
}

/**
 * Has workers do something once they have told the page of more than `steps` steps; `generations`: how many of them, one after
 * another.
 */
async function plant(
  context: BrowserContext,
  fault: string,
  { steps = EPOCH + 15, generations = 1 }: { readonly steps?: number; readonly generations?: number } = {},
): Promise<void> {
  await plantInWorker(
    context,
    `const post = self.postMessage.bind(self);
    const contexts = [];
    const getContext = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (...kind) {
      const context = getContext.apply(this, kind);
      contexts.push(context);
      return context;
    };
    let isDone = self.generation >= ${generations};
    self.postMessage = (message, transfer) => {
      // On a quick machine one message tells of a whole epoch.
      const told = message.type === 'progressed' ? message.metrics.firstStep + message.metrics.losses.length : 0;
      post(message, transfer);
      if (isDone || told <= ${steps}) return;
      isDone = true;
      ${fault}
    };`,
  );
}

/** The worker stands still, and does nothing any more. */
const hang = 'for (;;);';
const loseContext = "contexts.forEach((gl) => gl?.getExtension?.('WEBGL_lose_context')?.loseContext());";

/** What is planted, where the run trains, and what the page then says. */
interface Fault {
  readonly script: string;
  readonly backend: Backend;
  readonly says: string;
}

/** The figures of a run to which a fault that is planted happens in its second epoch. */
async function figuresDespite(lab: LabPage, { backend, says }: Fault): Promise<readonly string[]> {
  await trainOneEpoch(lab, backend);
  await lab.button('Resume').click();
  const notice = lab.page.getByRole('status').filter({ hasText: says });
  await expect(notice).toContainText(`Run 1 continues from step ${EPOCH}.`, { timeout: 60_000 });
  const figures = await figuresAtTheEnd(lab);
  await expect(lab.status).toHaveAttribute('data-backend', backend);
  return figures;
}

test.describe('a run goes on by itself from its checkpoint, and ends in the figures of an undisturbed one', () => {
  // Their pages wait for them at the same time.
  test('the worker ends; the worker hangs', async ({ browser, baseURL }) => {
    const undisturbed = await undisturbedFigures(browser, 'wasm');
    const survive = async (script: string) => {
      const context = await browser.newContext();
      const { complaints } = watchContext(context, new URL(baseURL ?? '').host);
      await serveFolder(context, 'patches', PATCHES);
      await plant(context, script);
      const page = await context.newPage();
      const fault = { script, backend: 'wasm', says: 'stopped responding' } as const;
      expect(await figuresDespite(new LabPage(page), fault)).toEqual(undisturbed);
      expect(complaints).toEqual([]);
      await context.close();
    };
    await Promise.all([survive('self.close();'), survive(hang)]);
  });

  for (const fault of [
    {
      name: 'the worker fails outside of a step',
      script: "setTimeout(() => { throw new Error('planted'); });",
      backend: 'wasm',
      says: 'planted',
    },
    {
      name: 'a step throws',
      script: "WebGL2RenderingContext.prototype.drawArrays = () => { throw new Error('planted'); };",
      backend: 'webgl',
      says: 'planted',
    },
    { name: 'the context of the GPU is lost', script: loseContext, backend: 'webgl', says: 'processor was lost' },
  ] as const) {
    test(fault.name, async ({ page, context, browser }) => {
      await plant(context, fault.script);
      expect(await figuresDespite(new LabPage(page), fault)).toEqual(await undisturbedFigures(browser, fault.backend));
    });
  }

  test('the process of the GPU dies', async ({ page, context, browser }) => {
    // The worker waits for the answer, so that the run is not over before.
    const held: Route[] = [];
    await context.route('**/held', (route) => void held.push(route));
    await plant(context, "const asked = new XMLHttpRequest(); asked.open('GET', '/held', false); asked.send();");
    const lab = new LabPage(page);
    await trainOneEpoch(lab, 'webgl');
    await lab.button('Resume').click();
    await expect.poll(() => held.length, { timeout: TRAINING_TIMEOUT }).toBe(1);
    const devtools = await browser.newBrowserCDPSession();
    await devtools.send('Browser.crashGpuProcess');
    await held[0]?.fulfill({ body: '' });
    await expect(page.getByText(`Run 1 continues from step ${EPOCH}.`)).toBeVisible({ timeout: 60_000 });
    expect(await figuresAtTheEnd(lab)).toEqual(await undisturbedFigures(browser, 'webgl'));
  });
});

test('where the GPU is lost a second time at once, the run ends on WebAssembly, and says so', async ({
  page,
  context,
}) => {
  await plant(context, loseContext, { generations: 2 });
  const lab = new LabPage(page);
  await trainOneEpoch(lab, 'webgl');
  await lab.button('Resume').click();
  await expect(page.getByText('It now runs on WebAssembly, because WebGL failed twice.')).toBeVisible({
    timeout: 60_000,
  });
  await lab.reach('finished');
  await lab.reachStep(EPOCHS.webgl * EPOCH);
  await expect(lab.status).toHaveAttribute('data-backend', 'wasm');
});

test.describe('a run whose page is gone in the middle of an epoch goes on when it is asked to, to the same figures', () => {
  for (const { fault, lose } of [
    {
      fault: 'the page is reloaded',
      lose: async (lab: LabPage) => {
        await lab.page.reload();
        return lab;
      },
    },
    {
      fault: 'the tab is closed and opened',
      lose: async ({ page }: LabPage, context: BrowserContext) => {
        await page.close({ runBeforeUnload: false });
        return new LabPage(await context.newPage());
      },
    },
    {
      fault: 'the page crashes',
      lose: async ({ page }: LabPage, context: BrowserContext) => {
        await page.goto('chrome://crash').catch(() => undefined);
        await page.close();
        return new LabPage(await context.newPage());
      },
    },
  ]) {
    test(fault, async ({ page, context, browser }) => {
      // A fast machine would end the run before the page is gone.
      await plant(context, hang);
      const before = new LabPage(page);
      await trainOneEpoch(before, 'wasm');
      await before.button('Resume').click();
      await before.passStep(EPOCH + 15);
      const lab = await lose(before, context);
      if (lab !== before) await lab.page.goto('./?backend=wasm&data=patches/');
      await lab.reach('paused');
      await lab.button('Resume').click();
      expect(await figuresAtTheEnd(lab)).toEqual(await undisturbedFigures(browser, 'wasm'));
    });
  }
});

test('a page reloaded before the first checkpoint: the run begins again when it is asked to, to the same figures', async ({
  page,
  context,
  browser,
}) => {
  await plant(context, hang, { steps: 5 });
  const lab = new LabPage(page);
  await lab.open('?backend=wasm&data=patches/');
  await lab.choosePreset(/^Dense network/);
  await lab.setRecipe({ Epochs: 3, 'Batch size': 8 });
  await lab.train();
  await lab.passStep(5);
  expect(Number(await lab.status.getAttribute('data-step'))).toBeLessThan(EPOCH);
  await page.reload();
  await lab.reach('paused');
  await expect(lab.status).toHaveAttribute('data-run', '1');
  await expect(lab.status).toHaveAttribute('data-step', '0');
  await lab.button('Resume').click();
  expect(await figuresAtTheEnd(lab)).toEqual(await undisturbedFigures(browser, 'wasm'));
});
