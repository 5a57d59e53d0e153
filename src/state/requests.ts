/** Numbers questions to the worker, and matches the answers with them. */
export class Requests<Answer> {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  /** Sends a question with a number of its own; resolves with its answer. */
  ask(send: (request: number) => void): Promise<Answer> {
    this.#last++;
    const request = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      send(request);
    });
  }

  /** Hands an answer to whoever asked; one that nobody waits for is dropped. */
  answer(request: number, answer: Answer): void {
    this.#waiting.get(request)?.(answer);
    this.#waiting.delete(request);
  }
}
