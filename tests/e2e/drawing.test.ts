import type { Locator, Page } from '@playwright/test';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { seriousFaults } from './support/accessibility.ts';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

/** Places on the pad, from 0 to 1 across and down. */
type Outline = readonly (readonly [number, number])[];

/** Garments as a hand would draw them: one closed line, and a place inside it to fill. */
const GARMENTS: Readonly<Record<string, { readonly outline: Outline; readonly inside: readonly [number, number] }>> = {
  'T-shirt/top': {
    outline: [
      [0.36, 0.08],
      [0.5, 0.13],
      [0.64, 0.08],
      [0.94, 0.26],
      [0.86, 0.44],
      [0.74, 0.38],
      [0.74, 0.94],
      [0.26, 0.94],
      [0.26, 0.38],
      [0.14, 0.44],
      [0.06, 0.26],
      [0.36, 0.08],
    ],
    inside: [0.5, 0.6],
  },
  Trouser: {
    outline: [
      [0.34, 0.06],
      [0.66, 0.06],
      [0.7, 0.94],
      [0.55, 0.94],
      [0.5, 0.3],
      [0.45, 0.94],
      [0.3, 0.94],
      [0.34, 0.06],
    ],
    inside: [0.5, 0.16],
  },
  'Ankle boot': {
    outline: [
      [0.5, 0.12],
      [0.86, 0.12],
      [0.9, 0.86],
      [0.8, 0.86],
      [0.74, 0.8],
      [0.68, 0.86],
      [0.08, 0.86],
      [0.08, 0.72],
      [0.22, 0.6],
      [0.46, 0.5],
      [0.5, 0.12],
    ],
    inside: [0.7, 0.55],
  },
  Bag: {
    outline: [
      [0.1, 0.4],
      [0.3, 0.4],
      [0.34, 0.2],
      [0.66, 0.2],
      [0.7, 0.4],
      [0.9, 0.4],
      [0.92, 0.9],
      [0.08, 0.9],
      [0.1, 0.4],
    ],
    inside: [0.5, 0.65],
  },
};

/** Where a place of a garment is on the page. */
async function placesOn(element: Locator) {
  const box = await element.boundingBox();
  if (box === null) throw new Error('It is not on the page.');
  return ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
}

/** Drags the mouse along a line. */
async function drag(page: Page, element: Locator, line: Outline) {
  const at = await placesOn(element);
  const [first, ...rest] = line.map(at);
  await page.mouse.move(...(first ?? [0, 0]));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 4 });
  await page.mouse.up();
}

async function drawAndFill(page: Page, pad: Locator, { outline, inside }: (typeof GARMENTS)[string]) {
  await drag(page, pad, outline);
  await page.getByRole('button', { name: 'Fill', exact: true }).click();
  const at = await placesOn(pad);
  await page.mouse.click(...at(inside));
  await page.getByRole('button', { name: 'Brush', exact: true }).click();
}

test('filled garments drawn by hand are among the first two guesses of the network that ships with the app', async ({
  page,
}) => {
  await page.goto('./?backend=webgl');
  const pad = page.getByLabel('Drawing pad', { exact: true });
  for (const [name, garment] of Object.entries(GARMENTS)) {
    await drawAndFill(page, pad, garment);
    await expect(page.getByText('A network trained in advance answers')).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => firstTwo(page), { message: name, timeout: 30_000 }).toContain(name);
    await page.getByRole('button', { name: 'Clear the pad' }).click();
  }
});

test('each outline is among the first two guesses of the network that ships with the app', async ({ page }) => {
  await page.goto('./?backend=webgl');
  for (const name of FASHION_MNIST.classes) {
    await page.getByRole('button', { name: `Outline: ${name}` }).click();
    await expect.poll(() => firstTwo(page), { message: name, timeout: 60_000 }).toContain(name);
    await page.getByRole('button', { name: 'Clear the pad' }).click();
  }
});

/** The two likeliest classes, by the shares that the bars say. */
async function firstTwo(page: Page): Promise<readonly string[]> {
  const answers = page.getByRole('list', { name: 'Prediction' }).getByRole('listitem');
  const labels = await answers.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''));
  const shares = labels.map((label) => {
    const [, name = '', percent = '0'] = /^(.*) [<>]?([\d.]+) %$/.exec(label) ?? [];
    return { name, percent: Number(percent) };
  });
  const likeliest = shares.sort((a, b) => b.percent - a.percent).slice(0, 2);
  return likeliest.map(({ name }) => name);
}

test('the drawing outlasts a look at another tab', async ({ page }) => {
  const lab = new LabPage(page);
  await page.goto('./?backend=webgl');
  await page.getByRole('button', { name: 'Outline: Bag' }).click();
  const clear = page.getByRole('button', { name: 'Clear the pad' });
  await expect(clear).toBeEnabled();
  await lab.tab('Report').click();
  await lab.tab('Draw').click();
  await expect(clear).toBeEnabled();
});

test('a drawing shows the training images nearest to it', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await page.getByRole('button', { name: 'Outline: Trouser' }).click();
  await expect(page.getByRole('heading', { name: 'Nearest training images' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('tabpanel', { name: 'Draw' }).getByRole('figure')).toHaveCount(6);
});

test('hostile uploads get a sentence, and the drawing stays', async ({ page }) => {
  await page.goto('./?backend=webgl');
  await page.getByRole('button', { name: 'Outline: Bag' }).click();
  const upload = page.getByLabel('Upload a photo');
  const refusal = page.getByRole('tabpanel', { name: 'Draw' }).getByRole('alert');
  const files = [
    { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('This is text.') },
    {
      name: 'drawing.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    },
    { name: 'huge.png', mimeType: 'image/png', buffer: pngHeader(20_000, 20_000) },
    { name: 'large.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(50_000_001, 255) },
  ];
  for (const file of files) {
    await upload.setInputFiles(file);
    await expect(refusal, file.name).toHaveText(/\.$/);
    await expect(page.getByRole('button', { name: 'Clear the pad' })).toBeEnabled();
  }
});

/** The first bytes of a PNG that claims a size. */
function pngHeader(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  Buffer.from('0802000000', 'hex').copy(bytes, 24);
  return bytes;
}

test('an outline drawn by hand is filled for the network, which then knows it, and can be left empty', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  await drag(page, page.getByLabel('Drawing pad', { exact: true }), GARMENTS['Ankle boot']?.outline ?? []);
  await expect(page.getByText('Filled, because the network knows garments as filled shapes.')).toBeVisible();
  await expect.poll(() => firstTwo(page), { timeout: 60_000 }).toContain('Ankle boot');
  await page.getByRole('button', { name: 'Leave outlines empty' }).click();
  await expect(page.getByText('Not filled: the network knows garments as filled shapes.')).toBeVisible();
});

/** A photo as a PNG: a dark shirt that lies on its side on a floor of boards, or noise in which nothing can be told apart. */
async function photoOf(page: Page, subject: 'shirt' | 'noise') {
  const bytes = await page.evaluate(async (shown) => {
    const canvas = new OffscreenCanvas(400, 300);
    const context = canvas.getContext('2d');
    if (context === null) return [];
    const fill = (colour: string, ...box: [number, number, number, number]) => {
      context.fillStyle = colour;
      context.fillRect(...box);
    };
    if (shown === 'shirt') {
      for (let board = 0; board < 10; board++) fill(board % 2 ? '#c89858' : '#8a5a2a', board * 40, 0, 40, 300);
      fill('#22305a', 60, 90, 280, 120);
      fill('#22305a', 60, 40, 80, 220);
    } else {
      for (let x = 0; x < 40; x++)
        for (let y = 0; y < 30; y++)
          fill(`hsl(${(x * 97 + y * 57) % 360} 70% ${20 + ((x * 31 + y * 17) % 60)}%)`, x * 10, y * 10, 10, 10);
    }
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  }, subject);
  return { name: `${subject}.png`, mimeType: 'image/png', buffer: Buffer.from(bytes) };
}

test('a shirt on a wooden floor is turned upright, cut out of its background and framed, and becomes the drawing', async ({
  page,
}) => {
  await page.goto('./?backend=wasm');
  const upload = page.getByLabel('Upload a photo');
  await upload.setInputFiles(await photoOf(page, 'shirt'));
  const dialog = page.getByRole('dialog', { name: 'From a photo to 28×28 pixels' });
  const steps = dialog.getByRole('listitem');
  const remove = dialog.getByRole('switch', { name: 'Remove the background' });
  await expect(remove).toBeChecked();
  await expect(steps).toHaveCount(8);
  expect(await seriousFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 683, height: 384 });
  await expect(dialog.getByRole('button', { name: 'Use this image' })).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1366, height: 768 });

  const frame = dialog.getByLabel('Part of the photo that is kept');
  const shapeOf = () => frame.locator('canvas').evaluate((canvas) => canvas.clientWidth < canvas.clientHeight);
  await expect.poll(shapeOf, { message: 'it lies' }).toBe(false);
  await dialog.getByRole('button', { name: 'Turn right' }).click();
  await expect.poll(shapeOf, { message: 'it stands' }).toBe(true);
  await drag(page, frame, [
    [0.05, 0.05],
    [0.95, 0.95],
  ]);
  await expect(dialog.getByRole('button', { name: 'Whole photo' })).toBeEnabled();
  await remove.click();
  await expect(steps).toHaveCount(7);
  await remove.click();
  await expect(steps).toHaveCount(8);
  await dialog.getByRole('button', { name: 'Use this image' }).click();
  await expect(page.getByRole('button', { name: 'Clear the pad' })).toBeEnabled();
  await expect.poll(() => firstTwo(page), { timeout: 60_000 }).toContain('T-shirt/top');

  await upload.setInputFiles(await photoOf(page, 'noise'));
  await expect(dialog).toContainText(
    'the garment could not be separated from it. Drag a frame closely around the garment',
  );
});
