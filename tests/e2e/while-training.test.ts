import type { Locator, Page } from '@playwright/test';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

/** What the page notes while it is used. */
interface Journal {
  /** Reports of the worker that showed as a step of the training status. */
  reports: number;
  /** How many reports came between each press and what it was to show. */
  readonly waits: number[];
  /** Milliseconds of each task that kept the page from anything else for more than 50. */
  readonly longTasks: number[];
  /** What the press under way is to show, as a selector; null between presses. */
  awaited: string | null;
}

/** Makes the page note its reports, presses and long tasks from the start. */
async function keepJournal(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const journal: Journal = { reports: 0, waits: [], longTasks: [], awaited: null };
    Object.assign(window, { journal });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) journal.longTasks.push(Math.round(duration));
    }).observe({ type: 'longtask' });
    let [step, pressed] = ['', 0];
    addEventListener('click', () => (pressed = journal.reports), true);
    new MutationObserver(() => {
      const now = document.querySelector('[data-step]')?.getAttribute('data-step') ?? '';
      if (now !== step) journal.reports++;
      step = now;
      if (journal.awaited === null || document.querySelector(journal.awaited) === null) return;
      journal.waits.push(journal.reports - pressed);
      journal.awaited = null;
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}

/** The journal so far; with a selector, the next press is to show what it names. */
function journalOf(page: Page, awaited: string | null = null): Promise<Journal> {
  return page.evaluate((selector) => {
    const { journal } = window as unknown as { readonly journal: Journal };
    journal.awaited = selector;
    return journal;
  }, awaited);
}

test('the page stays usable while the network trains', async ({ page }, info) => {
  await keepJournal(page);
  const lab = new LabPage(page);
  await lab.open('?backend=webgl');
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 3000, Epochs: 1000, 'Batch size': 32 });
  await lab.train();
  await lab.passStep(20);

  const dropout = page.getByRole('dialog', { name: 'Insert a layer' }).getByRole('button', { name: /^Dropout/ });
  const card = 'fieldset[aria-label="Dropout 1"]';
  const tab = (name: string) => [lab.tab(name), `[role=tab][aria-selected=true][id$="${name.toLowerCase()}"]`] as const;
  await lab.button('Insert a layer after Flatten 1').click();
  const presses: readonly (readonly [Locator, string])[] = [
    [dropout, card],
    ...['Confusion', 'Report', 'Draw'].map(tab),
    [lab.button('Undo'), `body:not(:has(${card}))`],
    [lab.button('Redo'), card],
  ];
  for (const [control, shown] of presses) {
    const before = await lab.step();
    await journalOf(page, shown);
    await control.click();
    await expect(page.locator(shown)).toBeVisible();
    await lab.passStep(before);
    await expect(lab.status).toHaveAttribute('data-state', 'training');
  }

  await expect(page.getByText('Unsaved changes: Train starts run 2').first()).toBeVisible();

  const { reports, waits, longTasks } = await journalOf(page);
  expect(reports).toBeGreaterThan(presses.length);
  expect(waits).toHaveLength(presses.length);
  // The worker reports at most ten times a second, in the order of the page's other events.
  expect(Math.max(...waits)).toBeLessThan(5);
  info.annotations.push({ type: 'main-thread tasks over 50 ms', description: JSON.stringify(longTasks) });
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
