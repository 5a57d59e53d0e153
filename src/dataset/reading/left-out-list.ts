import type { LeftOut } from '../../core/dataset/left-out.ts';
import { countText } from '../../core/text/number-text.ts';

/** More are counted only: nobody reads them, and the page has to be sent them. */
const MOST = 1000;

/** Collects what is left out of a data set. */
export class LeftOutList {
  readonly #listed: LeftOut[] = [];
  #count = 0;

  /** `why`: the end of a sentence that begins with `what`. */
  add(what: string, why: string): void {
    this.#count++;
    if (this.#count <= MOST) this.#listed.push({ what, why });
  }

  get count(): number {
    return this.#count;
  }

  list(): readonly LeftOut[] {
    const more = this.#count - this.#listed.length;
    return more === 0 ? this.#listed : [...this.#listed, { what: `${countText(more)} more`, why: 'are left out too' }];
  }
}
