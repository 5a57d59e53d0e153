import type { Edit } from './network.ts';

/** One way out of an issue: a button's label and the edits behind it, in order. */
export interface Fix {
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** Everything that can be wrong with a network, or legal but surely not meant. */
export type IssueCode =
  | 'empty'
  | 'option'
  | 'rank'
  | 'collapse'
  | 'output-units'
  | 'output-activation'
  | 'no-weights'
  | 'too-large';

/** Something to tell the student about the network. Errors keep it from training; warnings do not. */
export interface Issue {
  readonly severity: 'error' | 'warning';
  readonly code: IssueCode;
  /** The layer at fault; null when it is the network as a whole. */
  readonly layerId: string | null;
  /** What happened, what it means, what to do; with the student's own numbers. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}
