/** What a program may do beside building and training the network. */
export interface ProgramOptions {
  /** The file of weights that it begins with; null, or left out, for weights by chance. */
  readonly weights?: string | null;
  /** Whether several GPUs or machines can share the work. */
  readonly isShared?: boolean;
}
