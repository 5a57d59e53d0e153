import type { Locator, Page } from '@playwright/test';
import { seriousFaults } from './support/accessibility.ts';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

/** Whether the whole box of an element lies in the window, and nothing lies over its centre. */
async function isInSight(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    const front = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    return isInside && front !== null && (node.contains(front) || front.contains(node));
  });
}

async function cardsInSight(page: Page): Promise<number> {
  const cards = await page.getByRole('group', { name: 'Layer stack' }).getByRole('group').all();
  const seen = await Promise.all(cards.map(isInSight));
  return seen.filter(Boolean).length;
}

/** Goes to a view by the dock, where the window is too small for all of them. */
async function goTo(page: Page, view: string): Promise<void> {
  // The page that stands there before the app has started has a header already.
  await page.locator('.dock').waitFor({ state: 'attached' });
  const dock = page.getByRole('navigation', { name: 'Views' });
  if (await dock.isVisible()) await dock.getByRole('button', { name: view }).click();
}

const WINDOWS = [
  { name: 'a laptop at 200 %', width: 683, height: 384, deviceScaleFactor: 2, cards: 4 },
  { name: 'a desktop at 200 %', width: 960, height: 540, deviceScaleFactor: 2, cards: 6 },
  { name: 'a phone held sideways', width: 844, height: 390, deviceScaleFactor: 1, cards: 4 },
  { name: 'a phone', width: 390, height: 844, deviceScaleFactor: 1, cards: 6 },
  { name: 'a laptop', width: 1366, height: 768, deviceScaleFactor: 1, cards: 6 },
] as const;

for (const { name, width, height, deviceScaleFactor, cards } of WINDOWS) {
  test.describe(name, () => {
    test.use({ viewport: { width, height }, deviceScaleFactor });

    test('has room to build, to see the drawing with its answer, and to present', async ({ page }) => {
      const lab = new LabPage(page);
      await page.goto('./?backend=wasm');
      await goTo(page, 'Build');
      await expect.poll(() => cardsInSight(page)).toBeGreaterThanOrEqual(cards);

      await goTo(page, 'Results');
      await page.getByRole('button', { name: 'Outline: Sneaker' }).click();
      const answer = page.locator('.answer');
      await expect(answer).toContainText('%', { timeout: 60_000 });
      await page.locator('.results-panel .panel').evaluate((panel) => panel.scrollTo(0, 0));
      expect(await isInSight(page.locator('.pad')), 'the pad').toBe(true);
      expect(await isInSight(answer), 'the answer').toBe(true);

      expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scroll').toBe(width);
      const opener = await lab.pressTool('Present');
      await expect(page.getByRole('button', { name: 'Run the demo' })).toBeVisible();
      expect(await isInSight(page.getByRole('button', { name: 'Run the demo' })), 'the demo').toBe(true);
      await page.keyboard.press('Escape');
      await expect(opener).toBeFocused();
    });
  });
}

test('a phone names its preset whole, beside one menu of all that the header opens', async ({ page }) => {
  const lab = new LabPage(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open();
  const isCut = () =>
    page.locator('.picker.preset > span').evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  // Its font may come later than the page.
  await expect.poll(isCut).toBe(false);
  await page.locator('.recipe-sum').click();
  await lab.fill('Epochs', 3);
  await expect(page.locator('.picker.preset')).toContainText('edited');
  await expect.poll(isCut, 'edited').toBe(false);
  await lab.menu.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Menu' })).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  for (const line of await page.getByRole('dialog', { name: 'Menu' }).getByRole('button').all())
    expect(await isInSight(line)).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Source and figures' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await expect(lab.menu).toBeFocused();
});

test('the controls of training neither leave their column nor cover each other, as wide as the window may be, and are there on a phone', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.button('All settings').click();
  await lab.button('Step batch').click();
  await lab.reach('paused');
  for (const state of ['of one run', 'of a run beside a draft']) {
    if (state !== 'of one run') await lab.choosePreset(/dense 128/);
    for (const width of [1009, 1100, 1200, 1280, 1340, 1366, 1440]) {
      await page.setViewportSize({ width, height: 720 });
      expect(await misplacedControls(page), `${state}, ${width} wide`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.button('Sweep a hyperparameter').click();
  await expect(page.getByLabel('with the values')).toBeInViewport({ ratio: 1 });
});

/** Controls of the transport and the recipe that leave the column or lie over another one, by their words. */
async function misplacedControls(page: Page): Promise<readonly string[]> {
  return page.locator('.col-train').evaluate((column) => {
    const { right } = column.getBoundingClientRect();
    const controls = [
      ...column.querySelectorAll(':is(.transport, .recipe) :is(.btn, .chip, .sel, .inp:not(.tape-value))'),
    ]
      .map((control) => ({
        words: control.textContent || control.getAttribute('aria-label'),
        box: control.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0);
    const overlaps = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const outside = controls.filter(({ box }) => box.right > right);
    const covered = controls.filter(({ box }, i) => controls.some((other, j) => j < i && overlaps(box, other.box)));
    return [...outside, ...covered].map(({ words }) => words ?? '');
  });
}
