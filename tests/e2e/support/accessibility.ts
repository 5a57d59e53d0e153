import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What a checker of accessibility finds serious on the page, in both themes; the page is left in the dark one. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    // Colours change by and by: half-way they have another contrast.
    await page.evaluate(async () => {
      const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
      await Promise.allSettled(transitions.map(({ finished }) => finished));
    });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    found.push(...serious.map(({ id, nodes }) => `${theme} ${id}: ${nodes[0]?.html}`));
  }
  return found;
}
