import type { MisfitCode } from './layers/definition.ts';
import type { Edit } from './network.ts';

/** A fix of an issue: a button's label, and the edits that it makes, in order. */
export interface Fix {
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** What keeps a network from training. */
export type ErrorCode =
  | MisfitCode
  | 'empty'
  | 'option'
  | 'reference'
  | 'unused'
  | 'output-units'
  | 'output-activation'
  | 'no-weights'
  | 'too-large';

/** What is valid, and probably a mistake. */
export type WarningCode =
  | 'unflattened'
  | 'linear-stack'
  | 'softmax-inside'
  | 'double-activation'
  | 'vanishing'
  | 'bottleneck'
  | 'long-sequence'
  | 'many-pairs'
  | 'dropout-scores'
  | 'no-effect'
  | 'equal-start'
  | 'bias-before-norm'
  | 'skipped-pixels'
  | 'same-twice';

/** Everything that can be wrong with a network, or valid but probably a mistake. */
export type IssueCode = ErrorCode | WarningCode;

/** A message to the student about the network. Errors keep it from training; warnings do not. */
export interface Issue {
  readonly severity: 'error' | 'warning';
  readonly code: IssueCode;
  /** The layer at fault; null when it is the network as a whole. */
  readonly layerId: string | null;
  /** What happened, what it means, what to do; with the student's own numbers. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}
