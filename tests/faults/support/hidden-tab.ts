import type { Page } from '@playwright/test';

/** Treats a page as browsers treat a tab that is not shown: no frames are drawn, and timers run once a second at most. */
export async function hideTab(page: Page): Promise<void> {
  await page.evaluate(() => {
    const realTimeout = window.setTimeout;
    Object.assign(window, {
      requestAnimationFrame: () => 0,
      setTimeout: (act: TimerHandler, ms = 0, ...rest: unknown[]) => realTimeout(act, Math.max(ms, 1000), ...rest),
    });
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}
