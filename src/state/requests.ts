/** Numbers questions to the worker, and matches the answers with them. */
export class Requests<Answer> {
  readonly #waiting = new Map<number, (answer: Answer | null) => void>();
  #last = 0;

  /** Sends a question with a number of its own; resolves with its answer, or with null where none will come. */
  ask(send: (request: number) => void): Promise<Answer | null> {
    this.#last++;
    const request = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      send(request);
    });
  }

  /** Hands an answer to whoever asked; one that nobody waits for is dropped. */
  answer(request: number, answer: Answer | null): void {
    this.#waiting.get(request)?.(answer);
    this.#waiting.delete(request);
  }

  /** Ends the wait of all who asked: a worker that fails does not say whose question it was, or does not answer any more. */
  giveUp(): void {
    for (const request of this.#waiting.keys()) this.answer(request, null);
  }
}
