import { AxeBuilder } from '@axe-core/playwright';
import { LabPage } from './support/lab-page.ts';
import { expect, test } from './support/test.ts';

test('the words of the field explain themselves to the pointer and to the keyboard', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  const meaning = page.getByRole('dialog', { name: 'Learning rate' });
  const word = lab.button('Explain learning rate');
  await word.hover();
  await expect(meaning).toContainText('How large the steps are');
  await page.keyboard.press('Escape');
  await expect(meaning).toBeHidden();

  await word.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(meaning).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  // Tab goes on to what finds a rate, and to the field, whose name is what it was.
  await page.keyboard.press('Tab');
  await expect(meaning).toBeHidden();
  await expect(lab.button('Find a learning rate')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Learning rate', { exact: true })).toBeFocused();

  await lab.setRecipe({ 'Training images': 500, Epochs: 1 });
  await lab.train();
  await lab.reach('finished');
  await expect(page.getByRole('figure', { name: 'Loss', exact: true })).toBeVisible();
  await page
    .getByRole('figure', { name: 'Loss', exact: true })
    .getByRole('button', { name: 'Loss', exact: true })
    .click();
  await lab.button('All terms').press('Enter');
  const help = page.getByRole('dialog', { name: /Help/ });
  await expect(help.getByText('Loss', { exact: true })).toBeFocused();
  await expect(help.getByText('Loss', { exact: true })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});
