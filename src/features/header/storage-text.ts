import { bytesText } from '../../core/text/number-text.ts';
import type { RecordKind, StorageProblem, StorageStatus } from '../../state/storage.ts';

/** A problem in words. */
export interface ProblemText {
  /** On the chip, in a word or two. */
  readonly brief: string;
  /** What happened, and what it means. */
  readonly sentence: string;
  /** What can be done about it; null where nothing has to be. */
  readonly advice: string | null;
  /** Whether something that is made now is lost with the page. */
  readonly isLoss: boolean;
}

/** How much is kept, where there is nothing else to say: `3 runs kept, 4.2 MB`. */
export function keptText({ runs, bytes }: StorageStatus): string {
  if (runs === null) return 'Kept runs are being read';
  const total = Object.values(bytes).reduce((sum, each) => sum + each, 0);
  if (runs === 0) return `No runs kept yet, ${bytesText(total)}`;
  return `${runs} ${runs === 1 ? 'run' : 'runs'} kept, ${bytesText(total)}`;
}

const NAMES: { readonly [Kind in RecordKind]: string } = {
  run: 'runs',
  checkpoint: 'weights of runs',
  queue: 'the runs of the sweep',
  draft: 'the network and the recipe',
  drawing: 'the drawing',
  setting: 'the open tab of the results and which data set is open',
  dataSet: 'the data sets of your own',
  ownTest: 'my test set',
};

const RECORDS: { readonly [Kind in RecordKind]: readonly [one: string, many: string] } = {
  run: ['run', 'runs'],
  checkpoint: ['set of weights', 'sets of weights'],
  queue: ['sweep', 'sweeps'],
  draft: ['draft', 'drafts'],
  drawing: ['drawing', 'drawings'],
  setting: ['setting', 'settings'],
  dataSet: ['data set of your own', 'data sets of your own'],
  ownTest: ['test set of your own', 'test sets of your own'],
};

/** What a problem is, what it means and what to do. */
export function problemText(problem: StorageProblem): ProblemText {
  switch (problem.kind) {
    case 'unavailable':
      return {
        brief: 'Nothing is kept',
        sentence:
          'This browser gives the page no storage, so that runs, drafts and drawings last only as long as this tab.',
        advice:
          'Leave private browsing, or allow this site to store data, and reload the page. Until then, save what you need with CSV and Export.',
        isLoss: true,
      };
    case 'newerDatabase':
      return {
        brief: 'Nothing is kept',
        sentence:
          'A newer version of Fitting Room has stored its data in this browser. This older one leaves it as it is, and keeps nothing.',
        advice: 'Reload the page to get the newer version.',
        isLoss: true,
      };
    case 'notLoaded':
      return {
        brief: 'Not kept yet',
        sentence: 'The part of the page that keeps your work in this browser could not be loaded.',
        advice: 'It is tried again as soon as the network is back. What you have made until then is kept as well.',
        isLoss: true,
      };
    case 'elsewhere':
      return {
        brief: 'Runs are not kept',
        sentence: 'Another tab keeps the runs. Runs that you train in this one last only as long as it is open.',
        advice: 'Close the other tab and reload this one.',
        isLoss: true,
      };
    case 'late':
      return {
        brief: 'Runs are not kept',
        sentence:
          'A run had begun before the runs of earlier visits could be read. Those are still stored, but runs of this visit are not kept.',
        advice: 'Reload the page to see the earlier ones.',
        isLoss: true,
      };
    default:
      return recordProblemText(problem);
  }
}

function recordProblemText(
  problem: Exclude<StorageProblem, { kind: 'unavailable' | 'newerDatabase' | 'notLoaded' | 'elsewhere' | 'late' }>,
): ProblemText {
  switch (problem.kind) {
    case 'full':
      return {
        brief: 'Storage is full',
        sentence: `The browser has no more room for this page: the newest changes of ${NAMES[problem.what]} are not kept.`,
        advice:
          'Delete runs, or free space on the disk. What was not kept will be saved with the next change once there is room.',
        isLoss: true,
      };
    case 'failed':
      return {
        brief: 'Not kept',
        sentence: `The newest changes of ${NAMES[problem.what]} could not be kept. The browser says: ${problem.message}`,
        advice: 'Saving is tried again with the next change. If the problem persists, reload the page.',
        isLoss: true,
      };
    case 'newer':
      return {
        brief: 'Newer data',
        sentence: `${countOf(problem)} stored by a newer version of Fitting Room, and left as ${itOrThey(problem)}.`,
        advice: 'Reload the page to get the newer version.',
        isLoss: false,
      };
    case 'unreadable':
      return {
        brief: 'Unreadable data',
        sentence: `${countOf(problem)} stored in a form that cannot be read, and left out.`,
        advice: null,
        isLoss: false,
      };
    case 'tooHeavy':
      return {
        brief: 'Weights too large',
        sentence: `The weights of ${runsText(problem.runs)} are too large to be kept. The curves and results are kept.`,
        advice: 'Export the weights if you need them: after a reload the training cannot continue.',
        isLoss: false,
      };
    case 'gaveWay':
      return {
        brief: 'Old weights dropped',
        sentence: `The weights of ${runsText(problem.runs)} were dropped to make room for newer ones. The curves and results are kept.`,
        advice: null,
        isLoss: false,
      };
    default:
      return problem satisfies never;
  }
}

function countOf({ what, count }: { readonly what: RecordKind; readonly count: number }): string {
  const [one, many] = RECORDS[what];
  return count === 1 ? `One ${one} is` : `${count} ${many} are`;
}

function itOrThey({ count }: { readonly count: number }): string {
  return count === 1 ? 'it is' : 'they are';
}

function runsText(runs: readonly number[]): string {
  const sorted = runs.toSorted((a, b) => a - b);
  const last = sorted.at(-1);
  if (sorted.length === 1) return `run ${last}`;
  return `runs ${sorted.slice(0, -1).join(', ')} and ${last}`;
}
