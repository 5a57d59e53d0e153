/**
 * Loads the items 0 ... count - 1 a few ahead of whoever takes them in order, so that several downloads share the
 * line without one overtaking another.
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

  /** Forgets what was loaded ahead, failures above all, so that everything not yet taken is loaded afresh. */
  restart(): void {
    this.#started.clear();
  }

  #start(index: number): Promise<Item> {
    const running = this.#started.get(index);
    if (running !== undefined) return running;
    const item = this.#load(index);
    // Whoever takes it hears of the failure; until then it is not an unhandled one.
    item.catch(() => undefined);
    this.#started.set(index, item);
    return item;
  }
}
