import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

/** The Model column by the names that people and readers go by. */
class Builder {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('./?backend=webgl');
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

/** No finding of axe that keeps people out. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([]);
}
