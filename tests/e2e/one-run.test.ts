import type { Locator, Page } from '@playwright/test';
import { seriousFaults } from './support/accessibility.ts';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

/** The number that a text begins with or ends with, without its unit and thousands separators. */
async function numberIn(element: Locator): Promise<string> {
  return /[\d,.]+/.exec((await element.textContent()) ?? '')?.[0] ?? '';
}

async function heightOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.height ?? 0;
}

/** Every place that has the newest training sample and validation accuracy of the only run, in per cent. */
async function figuresOf(page: Page, sample: string, validation: string): Promise<void> {
  const accuracy = page.getByRole('figure', { name: 'Accuracy' });
  expect(await numberIn(accuracy.locator('.t-val')), 'the curve').toBe(validation);
  await expect(page.locator('.insight'), 'the coach').toContainText(
    new RegExp(`training sample ${sample}.%, validation ${validation}.%`),
  );
  await page.getByRole('button', { name: 'Present', exact: true }).click();
  const half = page.getByRole('region', { name: /dense 128/ });
  expect(await numberIn(half.locator('.figs .t b')), 'Present, training').toBe(sample);
  expect(await numberIn(half.locator('.figs .v b')), 'Present, validation').toBe(validation);
  const gap = Math.abs(Number(sample) - Number(validation)).toFixed(1);
  expect(await numberIn(half.locator('.figs .gp b')), 'Present, gap').toBe(gap);
  await page.keyboard.press('a');
  await expect(half.locator('.t-val'), "Present's curve, validation").toContainText(validation);
  await expect(half.locator('.t-train'), "Present's curve, training").toContainText(sample);
  // The bar is still read when it has become quiet.
  await expect(page.locator('.p-bar.is-idle')).toBeVisible();
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
}

test('one run shows one figure everywhere, its charts keep their height beside many others, and all of it is there after a reload', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open();
  await lab.button('Skip').click();
  await lab.choosePreset(/dense 128/);
  await lab.setRecipe({ 'Training images': 1000, Epochs: 3, 'Batch size': 50 });
  await lab.train();
  await lab.reach('finished');
  await expect(page.locator('.milestone')).toContainText(/Test accuracy [\d.]+.%: not yet as good as people/, {
    timeout: TRAINING_TIMEOUT,
  });
  const runs = page.getByRole('table', { name: 'Runs' });
  const row = runs.getByRole('row').nth(1);
  await figuresOf(page, await numberIn(row.locator('.c-train')), await numberIn(row.locator('td').nth(6)));

  await test.step('the charts keep 220 pixels beside eight runs, and the bar between is moved and remembered', async () => {
    await lab.setRecipe({ 'Training images': 100, Epochs: 1, 'Batch size': 100 });
    for (let run = 2; run <= 8; run++) {
      await lab.train();
      await lab.reach('finished');
    }
    await expect(runs.getByRole('row')).toHaveCount(9);
    const charts = page.locator('.charts');
    expect(await heightOf(charts)).toBeGreaterThanOrEqual(220);
    // What is folded leaves the room that the bar moves in.
    await lab.button('All settings').click();
    const bar = page.getByRole('separator', { name: 'Charts and runs' });
    await bar.press('End');
    await expect(bar).toHaveAttribute('aria-valuenow', '84');
    const box = await bar.boundingBox();
    if (box === null) throw new Error('The bar is not on the page.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - 40, { steps: 4 });
    await page.mouse.up();
    await expect(bar).toHaveAttribute('aria-valuenow', '124');
    await bar.press('ArrowDown');
    await expect.poll(() => heightOf(page.locator('.runs-wrap'))).toBe(108);
    await bar.press('Home');
    await expect.poll(() => heightOf(charts)).toBeGreaterThanOrEqual(220);
    await bar.press('End');
    await bar.press('ArrowUp');
    await expect(bar).toHaveAttribute('aria-valuenow', '100');
  });

  await test.step('a matrix has room for four digits in each cell', async () => {
    await lab.tab('Confusion').click();
    const cells = page.getByRole('table', { name: 'Confusion matrix' }).getByRole('button');
    await expect(cells).toHaveCount(100);
    const cut = await cells.evaluateAll((buttons) => {
      for (const button of buttons) button.textContent = '1081';
      return buttons.filter((button) => {
        const text = document.createRange();
        text.selectNodeContents(button);
        return text.getBoundingClientRect().width > button.clientWidth;
      }).length;
    });
    expect(cut, 'cells that cut it').toBe(0);
  });

  await test.step('histograms and a map of the last hidden layer are drawn', async () => {
    await lab.tab('Inside').click();
    const inside = page.getByRole('tabpanel', { name: 'Inside' });
    for (const values of ['Weights', 'Gradients for 32 training images', 'Activations for 32 training images'])
      await expect(inside.getByRole('img', { name: `${values} of Dense 1 from epoch 1 to 1` })).toBeVisible();
    await inside.getByRole('button', { name: 'Draw the map' }).click();
    await expect(inside.getByRole('img', { name: 'Map of 2,000 test images by Dense 1, PCA' })).toBeVisible();
    expect(await seriousFaults(page)).toEqual([]);
  });

  await test.step('after a reload the tab, the drawing and the run are back, and nothing is trained or measured again', async () => {
    await lab.tab('Draw').click();
    await page.getByRole('button', { name: 'Outline: Bag' }).click();
    await expect(page.getByText('Run 8 answers')).toBeVisible();
    const pixels = await drawnPixels(page);
    await lab.tab('Report').click();
    await expect(page.getByRole('tabpanel', { name: 'Report' })).toContainText('10,000 test images');
    const measured = (await row.textContent()) ?? '';
    await page.addInitScript(noteStatus);
    await page.reload();
    await expect(lab.tab('Report')).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tabpanel', { name: 'Report' })).toContainText('10,000 test images');
    await lab.reach('finished');
    await lab.tab('Draw').click();
    await expect(page.getByText('Run 8 answers')).toBeVisible({ timeout: 60_000 });
    expect(await drawnPixels(page)).toBe(pixels);
    await expect(row).toHaveText(measured);
    await expect(page.getByRole('separator', { name: 'Charts and runs' })).toHaveAttribute('aria-valuenow', '100');
    const said = await page.evaluate(() => document.documentElement.dataset['said'] ?? '');
    expect(said).toContain('finished');
    expect(said).not.toMatch(/preparing|Pause|test set/);
  });
});

/** The drawing as text. */
function drawnPixels(page: Page): Promise<string> {
  return page.getByLabel('Drawing pad', { exact: true }).evaluate((pad) => {
    const canvas = pad instanceof HTMLCanvasElement ? pad : pad.querySelector('canvas');
    return canvas?.toDataURL() ?? '';
  });
}

/** Notes from the start what the training status and its main button say. */
function noteStatus(): void {
  const said = new Set<string>();
  new MutationObserver(() => {
    const status = document.querySelector('[aria-label="Training status"]')?.textContent ?? '';
    said.add(status).add(document.querySelector('.transport .btn-primary')?.textContent ?? '');
    const text = [...said].join('\n');
    if (document.documentElement.dataset['said'] !== text) document.documentElement.dataset['said'] = text;
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
