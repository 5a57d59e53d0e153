/** What a network says of the drawing. */
export interface Answer {
  /** The run that answered, or the network that ships with the app while no run has taken a step. */
  readonly run: number | 'shipped';
  /** Steps that the network had when it answered. */
  readonly step: number;
  /** What the shipped network reaches on the test set, as a fraction; null for a run. */
  readonly testAccuracy: number | null;
  /** Softmax outputs: [10]. */
  readonly probabilities: Float32Array;
}

/** The drawing as the network sees it, and the answer to it. */
export interface Drawing {
  /** `uint8` pixels as the data set stores them: [784]; null while the pad is empty. */
  readonly pixels: Uint8Array<ArrayBuffer> | null;
  /** Null while there is no drawing, no network, or no answer yet. */
  readonly answer: Answer | null;
}

export const NO_DRAWING: Drawing = { pixels: null, answer: null };
