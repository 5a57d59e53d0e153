import AxeBuilder from '@axe-core/playwright';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('the keyboard alone chooses the place, and adds one block behind the other', async ({ page }) => {
  const lab = new LabPage(page);
  const { keyboard } = page;
  await page.goto('./?backend=wasm');
  const cards = page.getByRole('group', { name: 'Layer stack' }).getByRole('group');
  const titles = () => cards.evaluateAll((all) => all.map((card) => card.getAttribute('aria-label')?.split(' ')[0]));
  const palette = page.getByRole('dialog', { name: 'Insert a layer' });
  const said = page.getByRole('region', { name: 'Model' }).locator('[aria-live=polite]');
  const block = ['Conv2D', 'Conv2D', 'MaxPooling2D'];
  for (const count of [1, 2]) {
    await lab.button('Layer').focus();
    await keyboard.press('Enter');
    await expect(palette.getByLabel('Find a layer')).toBeFocused();
    await keyboard.type('vgg');
    await keyboard.press('Enter');
    await expect(cards).toHaveCount(6 + 3 * count);
  }
  expect(await titles()).toEqual(['Input', 'Conv2D', 'MaxPooling2D', ...block, ...block, 'Flatten', 'Dense', 'Dense']);
  await expect(said).toHaveText('VGG block inserted after MaxPooling2D 2, position 6 of 11');

  await lab.button('Layer').focus();
  await keyboard.press('Enter');
  const { violations } = await new AxeBuilder({ page }).include('.palette').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await keyboard.press('Tab');
  const place = palette.getByLabel('Inserted after');
  await expect(place).toBeFocused();
  await expect(place.locator('option:checked')).toHaveText('MaxPooling2D 3');
  await keyboard.type('den');
  await expect(place.locator('option:checked')).toHaveText('Dense 1');
  await expect(page.locator('.wire.is-chosen')).toHaveAccessibleName('Insert a layer after Dense 1');
  await keyboard.press('Shift+Tab');
  await keyboard.type('separable');
  await expect(palette.getByRole('button', { name: /^SeparableConv2D.*fits after MaxPooling2D 3$/ })).toBeVisible();
  await keyboard.press('Enter');
  await expect(said).toHaveText('SeparableConv2D inserted after MaxPooling2D 3, position 9 of 12');
  await expect(page.getByRole('group', { name: 'SeparableConv2D 1', exact: true }).locator(':focus')).toHaveCount(1);
});
