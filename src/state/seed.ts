/** New seeds have at most this many values: short enough to read out to a class. */
const SEEDS = 10_000;

/** A seed by chance, from 0 to 9,999. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1)).reduce((_, random) => random % SEEDS, 0);
}
