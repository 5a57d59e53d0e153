import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

/** How long real training may take on a machine without a GPU that does other things as well. */
export const TRAINING_TIMEOUT = 240_000;

/** The page as a student meets it, by the names that people and screen readers go by. */
export class LabPage {
  readonly page: Page;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.status = page.getByRole('status', { name: 'Training status' });
  }

  /**
   * Opens the app and waits until it can train. Tests pin the backend: WebAssembly is quickest on a machine without a GPU, and
   * those that are about WebGL ask for it.
   */
  async open(query = '?backend=wasm'): Promise<void> {
    await this.page.goto(`./${query}`);
    await expect(this.status).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }

  /** The button of the menu that phones have in the header. */
  get menu(): Locator {
    return this.button('Data set, share, present, theme and help');
  }

  /** Presses what stands in the header, or on a phone in its menu. Resolves to the button that the focus returns to. */
  async pressTool(name: string): Promise<Locator> {
    await this.menu.or(this.button(name)).waitFor();
    if (!(await this.menu.isVisible())) {
      await this.button(name).click();
      return this.button(name);
    }
    await this.menu.click();
    await this.page.getByRole('dialog', { name: 'Menu' }).getByRole('button', { name, exact: true }).click();
    return this.menu;
  }

  async choosePreset(title: RegExp): Promise<void> {
    const picker = this.page.getByLabel('Preset', { exact: true });
    const label = await picker.locator('option', { hasText: title }).first().textContent();
    await picker.selectOption({ label: label ?? '' });
  }

  async fill(label: string, value: number): Promise<void> {
    const field = this.page.getByLabel(label, { exact: true });
    await field.fill(String(value));
    await field.press('Enter');
  }

  /** Fills the recipe's fields by their labels, after opening the fold that hides some of them. */
  async setRecipe(fields: Readonly<Record<string, number>>): Promise<void> {
    const fold = this.button('All settings');
    if ((await fold.isVisible()) && (await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
    for (const [label, value] of Object.entries(fields)) await this.fill(label, value);
  }

  /** Presses Train, and waits until a new run has begun. */
  async train(): Promise<void> {
    const before = (await this.status.getAttribute('data-run')) ?? '';
    await this.button('Train').click();
    await expect(this.status).not.toHaveAttribute('data-run', before, { timeout: TRAINING_TIMEOUT });
  }

  /** Waits until exactly `step` steps are done. */
  async reachStep(step: number): Promise<void> {
    await expect(this.status).toHaveAttribute('data-step', String(step), { timeout: TRAINING_TIMEOUT });
  }

  async reach(state: string): Promise<void> {
    await expect(this.status).toHaveAttribute('data-state', state, { timeout: TRAINING_TIMEOUT });
  }

  async step(): Promise<number> {
    return Number(await this.status.getAttribute('data-step'));
  }

  /** Waits until more than `step` steps are done. */
  async passStep(step: number): Promise<void> {
    await expect.poll(() => this.step(), { timeout: TRAINING_TIMEOUT }).toBeGreaterThan(step);
  }

  /** The figure `Loss` or `Accuracy` as a table: epoch, training and validation of each row, heads first. */
  async table(figure: 'Loss' | 'Accuracy'): Promise<string[]> {
    const chart = this.page.getByRole('figure', { name: figure });
    const toggle = chart.getByRole('button', { name: 'Show as table' });
    if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
    const rows = await chart.getByRole('row').all();
    return Promise.all(
      rows.map(async (row) => (await row.locator('th, td').allTextContents()).slice(0, 3).join(' | ')),
    );
  }

  /** The newest training value, as it stands at the end of its line. */
  async latest(figure: 'Loss' | 'Accuracy'): Promise<number> {
    const label = this.page.getByRole('figure', { name: figure }).locator('.t-train');
    return Number((await label.textContent())?.replace(/[^\d.]/g, ''));
  }

  /** Changes an option of a layer; opens its card where need be. */
  async edit(layer: string, option: string, value: string): Promise<void> {
    const card = this.page.getByRole('group', { name: layer, exact: true });
    const field = card.getByLabel(option, { exact: true });
    if (!(await field.isVisible())) await card.getByRole('button', { expanded: false }).first().click();
    await field.selectOption(value);
  }

  /** Waits until all 70 shards are here. */
  async allShards(): Promise<void> {
    await expect(this.page.getByRole('button', { name: /Fashion-MNIST.*ready/ })).toBeVisible({ timeout: 60_000 });
  }
}
