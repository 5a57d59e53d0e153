/** Lets everything happen that waits for nothing but its turn: ends with the next turn of the event loop. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
