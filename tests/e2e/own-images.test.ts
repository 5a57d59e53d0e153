import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { digitIdxFiles } from '../support/proof-datasets.ts';
import { shapePicture, shapesZip } from '../support/shape-pictures.ts';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { tableFile } from './support/table-file.ts';
import { expect, test } from './support/test.ts';

test.setTimeout(2 * TRAINING_TIMEOUT);

const ZIP = { name: 'shapes.zip', mimeType: 'application/zip', buffer: Buffer.from(shapesZip()) };

interface FilePayload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

function idxFiles(): FilePayload[] {
  return Array.from(digitIdxFiles(), ([name, bytes]) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  }));
}

/** Opens the dialog of data sets. */
async function dataDialog(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Data set: / }).click();
  return page.getByRole('dialog', { name: 'Data set' });
}

test('a zip of pictures becomes a data set that is looked at, opened, learned and questioned, and open again after a reload', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open();
  const dialog = await dataDialog(page);
  await dialog.getByLabel('Open data files').setInputFiles(ZIP);
  const found = dialog.getByRole('list', { name: 'Classes found' });
  await expect(found.getByRole('listitem')).toHaveText([/^disc81/, /^frame51/, /^stripes70/]);
  await expect(found.getByRole('img', { name: 'stripes' })).toHaveCount(8);
  await dialog.getByText('1 left out').click();
  await expect(dialog).toContainText('shapes/about.txt is not a picture (png, jpg, webp, gif or bmp)');
  await expect(dialog.getByLabel('Title')).toHaveValue('Shapes');
  await dialog.getByLabel('Size of a sample').selectOption('28×28 pixels');
  await dialog.getByLabel('Set aside to test on').selectOption({ label: '25\u202f%' });
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog).toContainText('Shapes is open: 150 images to train on and 51 to test on.');
  await expect(dialog).toContainText('1 sample is a copy of another.');
  await dialog.getByText('2 left out').click();
  await expect(dialog).toContainText('shapes/frame/broken.png is damaged: the browser cannot open it');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

  await expect(page.getByRole('button', { name: /^Data set: Shapes/ })).toHaveText(/^Data set: Shapes\s*150 ready$/);
  await lab.setRecipe({ Epochs: 8 });
  await lab.train();
  await lab.reach('finished');
  expect(await lab.latest('Accuracy')).toBeGreaterThan(60);
  await lab.tab('Report').click();
  const report = page.getByRole('table', { name: 'Classification report' });
  await expect(report.getByRole('rowheader')).toContainText(['disc', 'frame', 'stripes']);
  await lab.tab('Confusion').click();
  await expect(page.getByText('51 test images')).toBeVisible();

  await page.reload();
  await expect(page.getByRole('button', { name: /^Data set: Shapes/ })).toHaveText(/^Data set: Shapes\s*150 ready$/, {
    timeout: 60_000,
  });
  await expect(page.getByRole('table', { name: 'Runs' }).getByRole('row')).toHaveCount(2);
});

test('pictures, IDX files and a table are learned and reported on with WebGL as well', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('?backend=webgl');
  const learn = async (files: FilePayload | FilePayload[], classes: readonly string[]) => {
    const dialog = await dataDialog(page);
    await dialog.getByLabel('Open data files').setInputFiles(files);
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(dialog).toContainText(/is open: /);
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await lab.choosePreset(/^Dense/);
    await lab.setRecipe({ Epochs: 1 });
    await lab.train();
    await lab.reach('finished');
    await expect(lab.status).toHaveAttribute('data-backend', 'webgl');
    await lab.tab('Report').click();
    const report = page.getByRole('table', { name: 'Classification report' });
    await expect(report.getByRole('rowheader')).toContainText([...classes]);
  };
  await learn(ZIP, ['disc', 'frame', 'stripes']);
  await learn(idxFiles(), ['0', '1', '2']);
  await learn(tableFile(2000), ['no', 'yes']);
});

test('the four IDX files of a relative of MNIST are opened and learned, and what is drawn is answered', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open();
  const dialog = await dataDialog(page);
  await dialog.getByLabel('Open data files').setInputFiles(idxFiles());
  await expect(dialog).toContainText('800 images of 16×16 pixels to train on and 200 to test on, gray, in 10 classes.');
  await dialog.getByLabel('Title').fill('Pixel digits');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog).toContainText('Pixel digits is open: 800 images to train on and 200 to test on.');
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await lab.setRecipe({ Epochs: 2 });
  await lab.train();
  await lab.reach('finished');
  await lab.tab('Confusion').click();
  await expect(page.getByText('200 test images')).toBeVisible();
  await lab.tab('Draw').click();
  const pad = page.getByLabel('Drawing pad', { exact: true });
  const box = await pad.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 40);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 180, { steps: 5 });
  await page.mouse.up();

  const mine = page.getByRole('region', { name: 'My test set' });
  await mine.getByLabel('It is').selectOption('1');
  await mine.getByRole('button', { name: 'Add to my test set' }).click();
  await mine.getByRole('button', { name: 'Add to my test set' }).click();
  await expect(mine.getByRole('list', { name: 'Samples of my test set' }).getByRole('listitem')).toHaveCount(2);
  await expect(mine).toContainText(/Run 1: [02] of 2 samples right: .* On the test set it is \d+/);
  const saved = page.waitForEvent('download');
  await mine.getByRole('button', { name: 'Export as a zip' }).click();
  expect(Object.keys(unzipSync(await readFile(await (await saved).path())))).toEqual(['1/1.png', '1/2.png']);

  await page.reload();
  await expect(mine.getByRole('list', { name: 'Samples of my test set' }).getByRole('listitem')).toHaveCount(2, {
    timeout: 60_000,
  });
  await mine.getByRole('button', { name: 'Add to the training set' }).click();
  const extended = page.getByRole('button', { name: /^Data set: Pixel digits and my own/ });
  await expect(extended).toHaveText(/802 ready$/, { timeout: 60_000 });
  await extended.click();
  const folder = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save Pixel digits and my own for a Python program' }).click();
  const names = Object.keys(unzipSync(await readFile(await (await folder).path())));
  expect(names.map((name) => name.split('/')[1])).toContain('manifest.json');
});

test('loose pictures that are dropped on the page get classes on cards, and the camera takes more', async ({
  page,
}) => {
  // A camera that sees a disc.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement('canvas');
      const context = canvas.getContext('2d');
      setInterval(() => context?.fillRect(0, 0, 100 + Math.floor(performance.now() % 100), 80), 50);
      return canvas.captureStream(20);
    };
  });
  const lab = new LabPage(page);
  await lab.open();
  const pictures = [0, 1, 2, 3].map((number) => [...shapePicture('disc', number)]);
  const dropped = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const [number, bytes] of files.entries()) data.items.add(new File([Uint8Array.from(bytes)], `${number}.png`));
    return data;
  }, pictures);
  await page.locator('main').dispatchEvent('drop', { dataTransfer: dropped });
  const dialog = page.getByRole('dialog', { name: 'Data set' });
  const cards = dialog.getByRole('list', { name: 'Classes' }).getByRole('listitem');
  await expect(cards).toHaveCount(2);
  await expect(dialog.getByRole('status', { name: 'Pictures of Class 1' })).toHaveText('4');
  await cards.first().getByLabel('Name of the class').fill('disc');
  await dialog.getByRole('button', { name: 'Use the camera' }).click();
  const hold = dialog.getByRole('button', { name: 'Hold to take pictures of Class 2' });
  await hold.hover();
  await page.mouse.down();
  await expect(dialog.getByRole('status', { name: 'Pictures of Class 2' })).toHaveText(/^([4-9]|\d\d)$/);
  await page.mouse.up();
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(dialog.getByRole('list', { name: 'Classes found' }).getByRole('listitem')).toHaveText([
    /^Class 2/,
    /^disc4/,
  ]);
  // What was put together is still there.
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(dialog.getByRole('status', { name: 'Pictures of disc' })).toHaveText('4');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog).toContainText('My data is open');
});
