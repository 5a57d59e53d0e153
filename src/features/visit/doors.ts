import { type DatasetSpec, hasCapability } from '../../core/dataset/spec.ts';
import { withArticle } from '../../core/text/nouns.ts';
import type { Run } from '../../state/run.ts';

/** What a step waits for. */
export interface Standing {
  readonly run: Run | null;
  readonly drawn: boolean;
}

/** One step of a guided minute: what to look at, and what ends it. */
export interface Step {
  /** The part of the page that it points at, as a CSS selector. */
  readonly target: string;
  /** The view of small screens that has it. */
  readonly view: 'build' | 'train' | 'results';
  readonly tab?: 'draw' | 'confusion';
  readonly text: string;
  /** Whether it has happened; without it, the step ends with Next. */
  readonly isDone?: (standing: Standing) => boolean;
}

/** A way into the app. */
export interface Door {
  readonly title: string;
  /** The preset to begin with; the draft stays where it is null. */
  readonly preset: string | null;
  readonly steps: readonly Step[];
}

const hasEpochs =
  (count: number) =>
  ({ run }: Standing) =>
    run !== null && (run.epochs.length >= count || run.phase === 'finished');

/** The doors of the first visit for a data set. */
export function doorsFor(dataset: DatasetSpec, presets: readonly string[]): readonly Door[] {
  const { sample, subject } = dataset.words;
  const press: Step = {
    target: '.transport .btn-primary',
    view: 'train',
    text: `Press Train. The network will learn from the training ${sample.many}.`,
    isDone: ({ run }) => run !== null && run.phase !== 'finished',
  };
  const train: Door = {
    title: 'Train your first network',
    preset: null,
    steps: [
      press,
      {
        target: '.charts',
        view: 'train',
        text: `Watch the curves. Blue: the ${sample.many} it trains on. Orange: ${sample.many} it has never seen. The first epoch takes a moment.`,
        isDone: hasEpochs(1),
      },
      {
        target: '.insight',
        view: 'train',
        text: 'This line says in words what the curves mean. It changes as the run goes on.',
      },
      {
        target: '.col-results',
        view: 'results',
        tab: 'confusion',
        text: `Each row is a true class, each column an answer: off the diagonal are the ${subject.many} that the network mixes up.`,
      },
    ],
  };
  const overfit: Door = {
    title: 'See overfitting',
    preset: 'overfitting-demo',
    steps: [
      { ...press, text: `This network is large, and it gets few ${sample.many}. Press Train.` },
      {
        target: '.charts',
        view: 'train',
        text: 'The blue loss keeps falling. Wait until the orange one stops falling and rises: that is overfitting.',
        isDone: hasEpochs(8),
      },
      {
        target: '.insight',
        view: 'train',
        text: 'The verdict says in which epoch overfitting began. Its buttons train a second run with a change that may help, to compare.',
      },
    ],
  };
  const draw: Door = {
    title: `Draw ${withArticle(subject.one)}`,
    preset: null,
    steps: [
      {
        target: '.col-results .pad',
        view: 'results',
        tab: 'draw',
        text: `Draw ${withArticle(subject.one)} on the pad: a filled shape works better than an outline.`,
        isDone: ({ drawn }) => drawn,
      },
      {
        target: '.col-results .bars',
        view: 'results',
        tab: 'draw',
        text: 'The bars show the guess of the network: how likely it considers each class. Change the drawing and watch them move.',
      },
    ],
  };
  return [
    train,
    ...(presets.includes('overfitting-demo') ? [overfit] : []),
    ...(hasCapability(dataset, 'drawing') ? [draw] : []),
  ];
}
