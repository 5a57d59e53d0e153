/**
 * Loads the items 0 ... count - 1 a few in advance of the one that is taken next: several downloads run at once, and
 * their results are still taken in order.
 */
export class ReadAhead<Item> {
  readonly #count: number;
  readonly #width: number;
  readonly #load: (index: number) => Promise<Item>;
  readonly #started = new Map<number, Promise<Item>>();

  /** At most `width` items are loading or waiting to be taken. */
  constructor(count: number, width: number, load: (index: number) => Promise<Item>) {
    this.#count = count;
    this.#width = width;
    this.#load = load;
  }

  /** The item, once loaded. Rejects as its load did, and does so again until `restart`. */
  async take(index: number): Promise<Item> {
    const end = Math.min(index + this.#width, this.#count);
    for (let ahead = index; ahead < end; ahead++) void this.#start(ahead);
    const item = await this.#start(index);
    this.#started.delete(index);
    return item;
  }

  /** Discards what was loaded in advance, failures included, so that everything not yet taken is loaded again. */
  restart(): void {
    this.#started.clear();
  }

  #start(index: number): Promise<Item> {
    const running = this.#started.get(index);
    if (running !== undefined) return running;
    const item = this.#load(index);
    // `take` passes a failure on; until then it must not count as an unhandled rejection.
    item.catch(() => undefined);
    this.#started.set(index, item);
    return item;
  }
}
