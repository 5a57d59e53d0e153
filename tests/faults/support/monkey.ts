import type { Page } from '@playwright/test';
import { streamKey, uniformAt } from '../../../src/core/random.ts';

/** Keys that do something somewhere in the app, and some that do not. */
const KEYS = [
  ...['Space', 'Enter', 'Escape', 'Tab', 'Shift+Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'],
  ...['Delete', 'Backspace', 'F6', 'PageDown', 'Control+z', 'Control+Shift+z', 'Control+c', 'Control+v', 'Control+d'],
  ...['Alt+ArrowUp', 'Alt+ArrowDown', '?', '/', '.', '+', '-', ...'abcdehklmnprstuxz0123456789'],
];

/** Everything that can be pressed or filled, but what leaves the page and what opens a dialog of the system. */
const CONTROLS =
  'button, select, input:not([type=file]), textarea, canvas, summary, [role=tab], [role=slider], [role=separator], [role=option], [role=menuitem], [tabindex="0"]';

/**
 * Has links lead nowhere. No control is chosen that is a link, but one may have come to its place until it is pressed. What
 * else the app does at a press on a link, it does.
 */
export async function stayOnPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('a[href]')) event.preventDefault();
    });
  });
}

/** What a user does at random, the same for the same seed as far as the page is the same. */
export class Monkey {
  /** What it has done, for the report of a failure. */
  readonly log: string[] = [];
  readonly #page: Page;
  readonly #key: ReturnType<typeof streamKey>;
  #drawn = 0;

  constructor(page: Page, seed: number) {
    this.#page = page;
    this.#key = streamKey(seed, 'sample', 600);
  }

  /** One click, or one key. */
  async act(): Promise<void> {
    if (this.#below(10) < 3) return this.#press();
    const place = await this.#page.evaluate(placeOfControl, [CONTROLS, this.#next()] as const);
    if (place === null) return this.#press();
    const { x, y, tag, name } = place;
    this.log.push(`${tag} ${name}`);
    if (tag === 'select') return this.#choose(x, y);
    await this.#page.mouse.click(x, y);
    if (tag === 'input' || tag === 'textarea') await this.#fill();
  }

  async #press(): Promise<void> {
    const key = KEYS[this.#below(KEYS.length)] ?? 'Escape';
    this.log.push(key);
    await this.#page.keyboard.press(key);
  }

  async #fill(): Promise<void> {
    const text = ['', '0', '1', '3', '17', '64', '-5', '1e9', 'abc', '0.01'][this.#below(10)] ?? '';
    this.log.push(`types "${text}"`);
    await this.#page.keyboard.press('Control+a');
    await this.#page.keyboard.insertText(text);
    await this.#page.keyboard.press('Enter');
  }

  /** Takes another option, without the list that the system shows. */
  async #choose(x: number, y: number): Promise<void> {
    await this.#page.evaluate(
      ([left, top, share]) => {
        const select = document.elementFromPoint(left, top)?.closest('select');
        if (!select) return;
        select.focus();
        select.selectedIndex = Math.floor(share * select.options.length);
        select.dispatchEvent(new Event('change', { bubbles: true }));
      },
      [x, y, this.#next()] as const,
    );
  }

  #next(): number {
    return uniformAt(this.#key, this.#drawn++);
  }

  #below(n: number): number {
    return Math.floor(this.#next() * n);
  }
}

/** Runs in the page: the middle of a control that can be seen, by a number from 0 to below 1; null where there is none. */
function placeOfControl([selector, share]: readonly [string, number]) {
  const seen = [...document.querySelectorAll(selector)].flatMap((control) => {
    const { left, top, width, height } = control.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const hit = width > 0 && height > 0 ? document.elementFromPoint(x, y) : null;
    if (hit === null || (!control.contains(hit) && !hit.contains(control)) || control.closest('a[href]')) return [];
    const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 40) ?? '';
    return [{ x, y, tag: control.tagName.toLowerCase(), name }];
  });
  return seen[Math.floor(share * seen.length)] ?? null;
}
