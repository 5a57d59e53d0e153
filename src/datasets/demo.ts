import type { Setup } from '../core/training/setup.ts';

/** One of the two runs of a demo. */
export interface DemoRun {
  /** What stands above it: its value of the factor that the demo is about. */
  readonly name: string;
  readonly setup: Setup;
}

/**
 * A lesson for a class in two runs, side by side, that differ in one factor and are as many epochs long as each other.
 */
export interface Demo {
  readonly id: string;
  /** The preset that its runs are counted to. */
  readonly presetId: string;
  /** The text in the list: the factor. */
  readonly title: string;
  /** What the class is asked before the runs begin. */
  readonly question: string;
  /** What is the same in both, and what differs. */
  readonly words: string;
  readonly runs: readonly [DemoRun, DemoRun];
}
