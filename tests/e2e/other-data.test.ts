import { digits, patches } from '../support/proof-datasets.ts';
import { serveFolder } from './support/data-folder.ts';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

const PATCHES = patches();
/** Gray images of one channel, which the pad can make. */
const DIGITS = { ...digits(), spec: { ...digits().spec, capabilities: ['drawing'] as const } };

test.beforeEach(async ({ context }) => {
  await serveFolder(context, 'proof', PATCHES);
  await serveFolder(context, 'digits', DIGITS);
});

test('a color data set of four classes opens by the address, is learned, questioned and exported, and stays apart from the next one', async ({
  page,
}) => {
  const { classes } = PATCHES.spec;
  const lab = new LabPage(page);
  await lab.open('?data=proof/&backend=wasm');
  const chip = page.getByRole('button', { name: /^Data set: Patches/ });
  await expect(chip).toHaveText(/Patches\s*600 ready$/);
  await chip.click();
  const viewer = page.getByRole('dialog', { name: 'Data set' });
  await expect(viewer.getByRole('list', { name: 'Shapes by class' }).getByRole('listitem')).toHaveCount(4);
  await expect(viewer).toContainText('each image is 20 rows of 24 pixels, a red, a green and a blue value each');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: 'Input', exact: true })).toContainText('20×24×3');
  await expect(page.getByLabel('Preset', { exact: true }).locator('option')).toHaveText(['Small CNN', 'Dense network']);
  await expect(page.getByRole('img', { name: 'Shapes of the training set, 128 of 128' })).toBeVisible();

  await lab.setRecipe({ Epochs: 3 });
  await lab.train();
  await lab.reach('finished');
  await lab.reachStep(45);
  expect(await lab.latest('Accuracy')).toBeGreaterThan(85);
  expect(await lab.table('Loss')).toHaveLength(4);
  const runs = page.getByRole('table', { name: 'Runs' });
  await expect(runs.getByRole('row').nth(1)).toContainText('epochs 10 → 3');

  await lab.tab('Confusion').click();
  await expect(page.getByText('200 test images')).toBeVisible();
  const cells = page.getByRole('table', { name: 'Confusion matrix' }).getByRole('button');
  const names = await cells.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  expect(names.map((name) => name.split(':')[0])).toEqual(
    classes.flatMap((truth) => classes.map((predicted) => `True ${truth}, predicted ${predicted}`)),
  );
  const counts = names.map((name) => Number(name.split(': ')[1]));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(200);
  const right = classes.map((_, label) => counts[label * 5] ?? 0).reduce((sum, count) => sum + count, 0);
  expect(right).toBeGreaterThan(170);

  await cells.first().click();
  const strip = page.getByRole('region', { name: 'Images of the selected cell' });
  await strip.getByRole('figure').first().getByRole('button').click();
  const image = page.getByRole('dialog', { name: /^warm disc, test image \d+$/ });
  await expect(image.getByRole('list', { name: 'Probabilities' }).getByRole('listitem')).toHaveCount(4);
  await expect(image.getByRole('figure')).toHaveCount(12, { timeout: TRAINING_TIMEOUT });
  await expect(image).toContainText('By the 64 values of Dense 1, the last hidden layer of run 1 at step 45.');
  await page.keyboard.press('Escape');

  await lab.tab('Report').click();
  const report = page.getByRole('table', { name: 'Classification report' });
  await expect(report.getByRole('rowheader')).toHaveText([...classes, 'Micro avg.', 'Macro avg.', 'Weighted avg.']);
  await expect(report.getByRole('row', { name: /^Micro/ })).toContainText('200');

  await lab.tab('Mistakes').click();
  const mistakes = page.getByRole('tabpanel', { name: 'Mistakes' });
  await expect(mistakes.getByLabel('True', { exact: true }).locator('option')).toHaveText(['any', ...classes]);
  await mistakes.getByLabel('Show', { exact: true }).selectOption('least confident hits');
  await expect(mistakes).toContainText(`${right} right answers in 200 images`);
  await expect(mistakes.getByRole('figure')).toHaveCount(16);

  await lab.tab('Inside').click();
  const inside = page.getByRole('tabpanel', { name: 'Inside' });
  await expect(inside).toContainText('Test image 1 of 200, labelled warm disc');
  await expect(inside.getByRole('img', { name: '16 filters of Conv2D 1' })).toBeVisible();
  await expect(inside).toContainText('Each tile is the part for red of one 3×3 kernel of Conv2D 1.');
  await expect(inside.getByRole('img', { name: '16 channels of Conv2D 1 for this image' })).toBeVisible();
  await expect(inside.getByRole('img', { name: /^Where the network looked for / })).toHaveCount(2);

  await lab.tab('Draw').click();
  await expect(page.getByRole('tabpanel', { name: 'Draw' })).toHaveText(/^The images of Patches cannot be drawn/);

  await lab.button('More for the model').click();
  await page.getByRole('button', { name: 'Export code' }).click();
  const program = page.getByRole('dialog', { name: 'Export code' });
  const keras = program.getByRole('textbox', { name: 'Code for Keras' });
  await expect(keras).toHaveValue(/keras\.Input\(\(20, 24, 3\)\)/);
  await expect(keras).toHaveValue(/layers\.Dense\(4, activation="softmax"/);
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(lab.status).toHaveAttribute('data-run', '1');
  await lab.reachStep(45);

  await lab.open('?data=digits/&backend=wasm');
  await expect(page.getByRole('group', { name: 'Input', exact: true })).toContainText('16×16×1');
  await lab.setRecipe({ Epochs: 2 });
  await lab.train();
  await expect(lab.status).toHaveAttribute('data-run', '2');
  await lab.reach('finished');
  const pad = page.getByLabel('Drawing pad', { exact: true });
  await pad.click({ position: { x: 60, y: 60 } });
  const answers = page.getByRole('list', { name: 'Prediction' }).getByRole('listitem');
  await expect(answers).toHaveCount(10);
  await expect(answers.first()).toHaveAccessibleName(/^0 <?[\d.]+ %$/);
  await expect(page.getByText('Run 2 answers')).toBeVisible();

  await expect(runs.getByRole('row')).toHaveCount(3);
  await expect(runs.getByRole('row').nth(2)).toContainText('Patches · epochs 10 → 3');
  await expect(lab.button('Restore the data set, model and recipe of run 1')).toBeVisible();
  await lab.button('Compare runs').click();
  const compare = page.getByRole('dialog', { name: 'Compare runs' });
  await expect(compare).toContainText('Runs on Patches cannot be compared with runs on Digits');
  await expect(compare.getByRole('button', { name: /^1/ })).toBeDisabled();
});

test('the color data set trains on WebGL as well', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('?data=proof/&backend=webgl');
  await expect(lab.status).toHaveAttribute('data-backend', 'webgl');
  await lab.setRecipe({ Epochs: 1 });
  await lab.train();
  await lab.reach('finished');
  await expect(lab.status).toHaveAttribute('data-backend', 'webgl');
  const [, epoch] = await lab.table('Accuracy');
  expect(Number.parseFloat(epoch?.split(' | ')[2] ?? '')).toBeGreaterThan(60);
});
