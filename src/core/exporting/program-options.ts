/** What a program may do beside building and training the network. */
export interface ProgramOptions {
  /** The file of weights that it begins with; null, or left out, for weights by chance. */
  readonly weights?: string | null;
  /** Weights that some of its layers begin with; null, or left out, where none do. */
  readonly beginning?: Beginning | null;
  /** Whether several GPUs or machines can share the work. */
  readonly isShared?: boolean;
}

/** Weights that a program loads where their file lies beside it, and does without where it does not. */
export interface Beginning {
  /** The file, as `beginningFile` makes it. */
  readonly file: string;
  /** Whose weights they are, and in which layers, on one line: `the weights of run 3 in Conv2D`. */
  readonly from: string;
}
