/** A sample of the user's own, and the class that it is said to be of. */
export interface OwnTestSample {
  readonly label: number;
  /** As the data set stores a sample. */
  readonly values: Uint8Array<ArrayBuffer>;
}

/** How a network did on the samples. */
export interface OwnTestResult {
  /** The number of the run, or `shipped` for the network that comes with the app. */
  readonly run: number | 'shipped';
  readonly right: number;
  readonly total: number;
  /** Which share of the data set's test set it gets right; null where its run says so, or nobody knows. */
  readonly tested: number | null;
  /** What tells whether the run is still the one that was tested; null for the network that comes with the app. */
  readonly mark: string | null;
}

/** A test set of the user's own, for one data set. */
export interface OwnTest {
  readonly samples: readonly OwnTestSample[];
  /** Of each network that was tested, the last one; the newest first. */
  readonly results: readonly OwnTestResult[];
}

/** As many as one draws or photographs in a lesson, and far fewer than would fill the storage. */
export const MOST_OWN_SAMPLES = 500;

export const EMPTY_OWN_TEST: OwnTest = { samples: [], results: [] };

/** As many results as are kept. */
const MOST_RESULTS = 1000;

/** The test set with the result of a network in place of its former one. */
export function withResult(test: OwnTest, result: OwnTestResult): OwnTest {
  return { ...test, results: [result, ...test.results.filter(({ run }) => run !== result.run)].slice(0, MOST_RESULTS) };
}

/** Bytes of the samples. */
export function ownTestBytes({ samples }: OwnTest): number {
  return samples.reduce((sum, { values }) => sum + values.byteLength, 0);
}
