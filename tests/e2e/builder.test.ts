import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { LabPage, TRAINING_TIMEOUT } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

/** The Model column by the names that people and readers go by. */
class Builder {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** On WebAssembly, which opens at once; on WebGL, kernels are compiled first, which takes seconds without a GPU. */
  async open(backend = 'wasm'): Promise<void> {
    await this.page.goto(`./?backend=${backend}`);
    await expect(this.card('Input')).toBeVisible();
  }

  card(name: string): Locator {
    return this.page.getByRole('group', { name, exact: true });
  }

  row(name: string): Locator {
    return this.card(name).locator('[aria-expanded]').first();
  }

  /** The names of all cards, from the Input down. */
  cards(): Promise<string[]> {
    const groups = this.page.getByRole('group', { name: 'Layer stack' }).getByRole('group');
    return groups.evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label') ?? ''));
  }

  said(): Locator {
    return this.page.getByRole('region', { name: 'Model' }).locator('[aria-live=polite]');
  }

  /** Drags the dots of a card by a distance, as a hand does, and holds it there. */
  async drag(name: string, by: number): Promise<void> {
    const box = await this.page.getByRole('button', { name: `Move ${name}`, exact: true }).boundingBox();
    if (box === null) throw new Error(`${name} has no dots.`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x, y);
    await this.page.mouse.down();
    for (const part of [0.2, 0.5, 0.8, 1]) await this.page.mouse.move(x, y + by * part);
  }
}

/** Presses Tab until the focus is on what the selector matches. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there.');
}

test("Ciutacu's network is built from an empty model by the keyboard alone", async ({ page }) => {
  const builder = new Builder(page);
  const lab = new LabPage(page);
  const { keyboard } = page;
  await builder.open();
  await tabTo(page, lab.button('More for the model'));
  await keyboard.press('Enter');
  await tabTo(page, lab.button('Remove all layers'));
  await keyboard.press('Enter');
  await expect(builder.row('Input')).toBeFocused();
  expect(await builder.cards()).toEqual(['Input']);

  const insert = async (search: string, name: string) => {
    await keyboard.press('a');
    await expect(page.getByRole('dialog', { name: 'Insert a layer' })).toBeVisible();
    await keyboard.type(search);
    await keyboard.press('Enter');
    await expect(builder.row(name)).toBeFocused();
  };
  const choose = async (name: string, option: string, letters: string) => {
    await tabTo(page, builder.card(name).getByLabel(option, { exact: true }));
    await keyboard.type(letters);
  };
  await insert('conv2d', 'Conv2D 1');
  await choose('Conv2D 1', 'Initializer', 'he u');
  await keyboard.press('Escape');
  await insert('maxp', 'MaxPooling2D 1');
  await insert('flat', 'Flatten 1');
  await insert('dense', 'Dense 1');
  await choose('Dense 1', 'Initializer', 'he u');
  await keyboard.press('Escape');
  await insert('dense', 'Dense 2');
  await tabTo(page, builder.card('Dense 2').getByLabel('Units', { exact: true }));
  await keyboard.press('Control+A');
  await keyboard.type('10');
  await choose('Dense 2', 'Activation', 'softm');

  await expect(page.getByText('542,230')).toBeVisible();
  expect(await builder.cards()).toEqual(['Input', 'Conv2D 1', 'MaxPooling2D 1', 'Flatten 1', 'Dense 1', 'Dense 2']);
  // The same to the last option as the preset that the page began with.
  await expect(page.getByText('edited')).toHaveCount(0);
});

test('the stack is one stop: arrow keys walk it, and keys edit the card with the focus', async ({ page }) => {
  const builder = new Builder(page);
  const { keyboard } = page;
  await builder.open();
  await tabTo(page, builder.row('Input'));
  await keyboard.press('Tab');
  await expect(page.getByRole('group', { name: 'Layer stack' }).locator(':focus')).toHaveCount(0);
  await keyboard.press('Shift+Tab');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await expect(builder.row('MaxPooling2D 1')).toBeFocused();
  await keyboard.press('Alt+ArrowUp');
  await expect(builder.said()).toHaveText('MaxPooling2D, position 1 of 5');
  await expect(builder.row('MaxPooling2D 1')).toBeFocused();
  expect((await builder.cards()).slice(1, 3)).toEqual(['MaxPooling2D 1', 'Conv2D 1']);
  await keyboard.press('d');
  await expect(builder.row('MaxPooling2D 2')).toBeFocused();
  await keyboard.press('x');
  await expect(builder.said()).toHaveText('MaxPooling2D switched off');
  await keyboard.press('Delete');
  await expect(builder.row('Conv2D 1')).toBeFocused();
  await keyboard.press('End');
  await expect(builder.row('Dense 2')).toBeFocused();
  for (let edits = 0; edits < 4; edits++) await keyboard.press('Control+Z');
  expect(await builder.cards()).toEqual(['Input', 'Conv2D 1', 'MaxPooling2D 1', 'Flatten 1', 'Dense 1', 'Dense 2']);
  await expect(page.getByText('edited')).toHaveCount(0);
});

test('a card is dragged by its dots, a gap that cannot take it says why, and Undo puts it back', async ({ page }) => {
  const builder = new Builder(page);
  const lab = new LabPage(page);
  await builder.open();
  await builder.drag('MaxPooling2D 1', -60);
  await page.mouse.up();
  await expect
    .poll(() => builder.cards())
    .toEqual(['Input', 'MaxPooling2D 1', 'Conv2D 1', 'Flatten 1', 'Dense 1', 'Dense 2']);
  await expect(builder.card('Conv2D 1')).toContainText('12×12×32');

  await builder.drag('Conv2D 1', 80);
  const note = page.locator('.drop-note');
  await expect(note).toHaveText('Conv2D needs an image');
  await page.mouse.up();
  await expect(note).toHaveCount(0);
  expect((await builder.cards())[2]).toBe('Conv2D 1');

  await lab.button('Undo').click();
  expect((await builder.cards()).slice(1, 3)).toEqual(['Conv2D 1', 'MaxPooling2D 1']);
  await lab.button('Redo').click();
  expect((await builder.cards()).slice(1, 3)).toEqual(['MaxPooling2D 1', 'Conv2D 1']);
});

test('without a pointer, Space lifts a card by its dots, arrows move it, Space drops it and Escape puts it back', async ({
  page,
}) => {
  const builder = new Builder(page);
  const { keyboard } = page;
  await builder.open();
  await builder.row('Dense 1').focus();
  await keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'Move Dense 1' })).toBeFocused();
  await keyboard.press('Space');
  await expect(builder.said()).toHaveText(/^Dense lifted, position 4 of 5\./);
  await keyboard.press('ArrowDown');
  await keyboard.press('Space');
  await expect(builder.said()).toHaveText(/The last layer must give 10 with softmax/);
  await keyboard.press('Escape');
  await expect(builder.said()).toHaveText('Dense put back, position 4 of 5');
  await keyboard.press('Space');
  await keyboard.press('ArrowUp');
  await keyboard.press('Space');
  await expect(builder.said()).toHaveText('Dense, position 3 of 5');
  expect((await builder.cards()).slice(3, 5)).toEqual(['Dense 1', 'Flatten 1']);
});

test('a deleted card can be brought back from the toast', async ({ page }) => {
  const builder = new Builder(page);
  await builder.open();
  await builder.card('Dense 1').hover();
  await page.getByRole('button', { name: 'Delete Dense 1' }).click();
  const toast = page.getByRole('status').filter({ hasText: 'Dense 1 deleted' });
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(toast).toHaveCount(0);
  await expect(builder.row('Dense 1')).toBeFocused();
});

test('blocks come in one go, so many times, and one Undo takes them back', async ({ page }) => {
  const builder = new Builder(page);
  const lab = new LabPage(page);
  await builder.open();
  await page.getByRole('button', { name: 'Insert a layer after MaxPooling2D 1' }).click();
  await lab.fill('How many in a row', 2);
  await page.getByRole('button', { name: /^Residual block 14 layers → 13×13×32/ }).click();
  expect(await builder.cards()).toHaveLength(20);
  await expect(builder.row('Conv2D 2')).toBeFocused();
  await expect(builder.card('Add 2')).toContainText('+ Activation 2');
  await expect(builder.card('Add 2')).toContainText('13×13×32');
  await lab.button('Undo').click();
  expect(await builder.cards()).toHaveLength(6);
});

test('layers are copied and pasted as text, and faulty text says what is wrong with it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const builder = new Builder(page);
  const lab = new LabPage(page);
  const { keyboard } = page;
  await builder.open();
  await builder.row('Conv2D 1').focus();
  await keyboard.press('Control+C');
  await expect(page.getByText('Conv2D copied as text')).toBeVisible();
  await keyboard.press('Control+V');
  await expect(builder.row('Conv2D 2')).toBeFocused();
  await expect(builder.card('Conv2D 2')).toContainText('24×24×32');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toEqual({ layers: [{ kind: 'conv2d', id: 'conv2d-1', kernelInitializer: 'heUniform' }] });

  await lab.button('More for the model').click();
  await lab.button('Paste layers').click();
  const field = page.getByLabel(/^Layers as text, as Copy writes them/);
  await field.fill('{ "layers": [{ "kind": "conv2", "id": "a" }, { "kind": "dense", "id": "b", "units": 0 }] }');
  const dialog = page.getByRole('dialog', { name: 'Paste layers' });
  await expect(dialog.getByRole('listitem')).toHaveText([
    'Layer 1 is of an unknown kind: "conv2".',
    'Layer 2 (Dense): Units must be at least 1.',
  ]);
  await expect(lab.button('Replace all layers')).toBeDisabled();
  await field.fill(
    '{ "layers": [{ "kind": "flatten", "id": "a" }, { "kind": "dense", "id": "b", "units": 10, "activation": "softmax" }] }',
  );
  await lab.button('Replace all layers').click();
  expect(await builder.cards()).toEqual(['Input', 'Flatten 1', 'Dense 1']);
});

test('the table of layers and the sums below the stack say what the network costs', async ({ page }) => {
  const builder = new Builder(page);
  const lab = new LabPage(page);
  await builder.open();
  await lab.choosePreset(/VGG-like/);
  await lab.button('More for the model').click();
  await lab.button('Table of layers').click();
  const rows = page.getByRole('table', { name: 'Layers' }).getByRole('row');
  await expect(rows).toHaveCount(13);
  await expect(rows.nth(1)).toHaveText('conv2d (Conv2D)(None, 28, 28, 32)320input_layer');
  await expect(rows.last()).toHaveText('dense_1 (Dense)(None, 10)2,570dense');
  await expect(page.getByText('584,170 parameters: 584,170 trainable, 0 not.')).toBeVisible();
  await lab.button('Close').click();

  await lab.choosePreset(/Small residual/);
  await page.getByRole('button', { name: /memory$/ }).click();
  const costs = page.getByRole('dialog', { name: 'What it costs' });
  await expect(costs).toContainText('parameters that are not trained');
  await expect(costs).toContainText('for the optimizer, AdamW');
  await expect(costs).toContainText('memory in total, as planned for training here');
});

test('what the device cannot hold is refused, and the largest batch that it can is one press away', async ({
  page,
}) => {
  const builder = new Builder(page);
  const lab = new LabPage(page);
  await builder.open('webgl');
  await lab.choosePreset(/CNN 1024/);
  await lab.fill('Batch size', 1024);
  const refusal = page.getByRole('alert').filter({ hasText: 'The largest batch that fits is' });
  await expect(refusal).toContainText('A batch of 1,024 takes about');
  await expect(page.getByText('Too large to train')).toBeVisible();
  await refusal.getByRole('button', { name: /^Use batches of \d+$/ }).click();
  await expect(refusal).toHaveCount(0);
  await lab.button('Undo').click();
  await expect(refusal).toHaveCount(1);
});

test('a preset tells its source and its figures, and an edited one can be started again', async ({ page }) => {
  const builder = new Builder(page);
  const lab = new LabPage(page);
  await builder.open();
  await builder.row('Dense 1').focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('edited')).toBeVisible();
  await lab.button('Source and figures').click();
  const about = page.getByRole('dialog', { name: 'Source and figures' });
  await expect(about).toContainText('Ciutacu, "Classifying clothes images with neural networks", 2020');
  await expect(about).toContainText('90.69');
  // As wide as its own rule says, whichever stylesheet came first.
  await expect(about).toHaveCSS('width', '400px');
  await lab.button('Start again from this preset').click();
  await expect(page.getByText('edited')).toHaveCount(0);
  expect(await builder.cards()).toHaveLength(6);
});

test('a bracket is taken hold of as one block: keys move, duplicate and delete it, each in one step of undo', async ({
  page,
}) => {
  const builder = new Builder(page);
  const { keyboard } = page;
  await builder.open();
  await page.getByRole('button', { name: 'Insert a layer after MaxPooling2D 1' }).click();
  await page.getByRole('button', { name: /^Residual block 7 layers/ }).click();
  const before = await builder.cards();
  await builder.row('Add 1').focus();
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  const bracket = page.getByRole('button', { name: 'Block of 6 layers, down to Add 1' });
  await expect(bracket).toBeFocused();
  await keyboard.press('Alt+ArrowUp');
  await expect(builder.said()).toHaveText('6 layers, positions 2 to 7 of 12');
  await expect(bracket).toBeFocused();
  await expect(builder.card('Add 1')).toContainText('+ Conv2D 1');
  await keyboard.press('Alt+ArrowDown');
  await expect.poll(() => builder.cards()).toEqual(before);
  await expect(bracket).toBeFocused();
  await keyboard.press('Delete');
  await expect(builder.row('Activation 1')).toBeFocused();
  expect(await builder.cards()).toHaveLength(before.length - 6);
  await page.getByRole('status').filter({ hasText: '6 layers deleted' }).getByRole('button', { name: 'Undo' }).click();
  await expect(builder.row('Add 1')).toBeFocused();
  await page.locator('.skip-hit').first().click();
  await expect(bracket).toBeFocused();
  await keyboard.press('d');
  await expect(builder.card('Add 2')).toContainText('+ Add 1');
  for (let edits = 0; edits < 3; edits++) await keyboard.press('Control+Z');
  expect(await builder.cards()).toEqual(before);
});

test('a shortcut whose shapes differ is mended by a projection', async ({ page }) => {
  const builder = new Builder(page);
  await builder.open();
  await page.getByRole('button', { name: 'Insert a layer after MaxPooling2D 1' }).click();
  await page.getByRole('button', { name: /^Residual block 7 layers/ }).click();
  await builder.row('Conv2D 3').click();
  const filters = builder.card('Conv2D 3').getByLabel('Filters', { exact: true });
  await filters.fill('64');
  await filters.press('Enter');
  const error = builder.card('Add 1').getByRole('alert');
  await expect(error).toContainText('BatchNormalization 2 gives 13×13×64, MaxPooling2D 1 gives 13×13×32');
  await error.getByRole('button', { name: /1×1 Conv2D/ }).click();
  await expect(error).toHaveCount(0);
  await expect(builder.card('Branch 1')).toContainText('second path from MaxPooling2D 1');
  await expect(builder.card('Add 1')).toContainText('13×13×64');
});

test('an edited network may begin with the trained weights of the layers that it keeps', async ({ page }) => {
  test.setTimeout(TRAINING_TIMEOUT);
  const builder = new Builder(page);
  const lab = new LabPage(page);
  await lab.open();
  await lab.choosePreset(/dense 512/);
  await lab.setRecipe({ 'Training images': 1000, Epochs: 4, 'Batch size': 32 });
  await lab.button('Train').click();
  await lab.reach('finished');
  const trained = await lab.latest('Loss');
  await builder.card('Dense 2').hover();
  await page.getByRole('button', { name: 'Insert a layer after Dense 1' }).click();
  await page.getByRole('button', { name: /^Dropout/ }).click();
  await page.getByRole('button', { name: 'Weights: new' }).click();
  const weights = page.getByRole('dialog', { name: 'Weights to begin with' });
  await weights.getByLabel('Weights').selectOption({ index: 1 });
  await expect(weights).toContainText('All two layers with weights take them.');
  await expect(weights.getByRole('definition')).toHaveText(['from run 1', 'from run 1']);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Weights: of run 1' })).toBeFocused();
  await lab.button('Step batch').click();
  await lab.reach('paused');
  await expect(page.getByText('Run 2, from the weights of run 1')).toBeVisible();
  // From chance the first loss would be ln 10 = 2.3 or more.
  expect(await lab.latest('Loss')).toBeLessThan(Math.max(1, 2 * trained));
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('axe finds nothing serious in the builder, with errors, warnings, a bracket and the palette open', async ({
      page,
    }) => {
      const builder = new Builder(page);
      await builder.open();
      const insert = async (after: string, search: string) => {
        await builder.row(after).focus();
        await page.keyboard.press('a');
        await expect(page.getByLabel('Find a layer')).toBeFocused();
        await page.keyboard.type(search);
        await page.keyboard.press('Enter');
      };
      await insert('Conv2D 1', 'conv2d');
      await builder.card('Conv2D 2').getByLabel('Padding', { exact: true }).selectOption('same');
      await insert('Conv2D 2', 'add');
      await insert('MaxPooling2D 1', 'activation');
      await builder.card('Activation 1').getByLabel('Activation', { exact: true }).selectOption('linear');
      await builder.row('Flatten 1').focus();
      await page.keyboard.press('Delete');
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expectAccessible(page);
      await builder.row('Add 1').focus();
      await page.keyboard.press('a');
      await expectAccessible(page);
    });
  });
}

/** No finding of axe in the Model column that keeps people out. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('.col-model').analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
}
