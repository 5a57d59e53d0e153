import { type DatasetSpec, hasCapability } from '../../core/dataset/spec.ts';

/** One line of the help: keys, and what they do. */
export interface KeyLine {
  readonly keys: readonly string[];
  readonly does: string;
}

/** Keys that belong together. */
export interface KeyGroup {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

/** Every key of the page, by what it is about. */
export function keyGroups(dataset: DatasetSpec): readonly KeyGroup[] {
  const { one } = dataset.words.sample;
  return [
    ...BUILDING,
    ...(hasCapability(dataset, 'drawing') ? DRAWING : []),
    {
      title: `Results, in an opened ${one}`,
      lines: [{ keys: ['N', 'Shift N'], does: `next, previous ${one}` }],
    },
    {
      title: 'Results, inside the network',
      lines: [{ keys: ['N'], does: `another test ${one}` }],
    },
    ...PAGE,
  ];
}

const BUILDING: readonly KeyGroup[] = [
  {
    title: 'Training',
    lines: [
      { keys: ['Space'], does: 'train or pause' },
      { keys: ['.'], does: 'step one batch' },
      { keys: ['Shift .'], does: 'step one epoch' },
    ],
  },
  {
    title: 'Model, on a layer card',
    lines: [
      { keys: ['↑', '↓'], does: 'next layer' },
      { keys: ['A'], does: 'add a layer after it' },
      { keys: ['Alt ↑', 'Alt ↓'], does: 'move the layer' },
      { keys: ['D'], does: 'duplicate the layer' },
      { keys: ['X'], does: 'switch the layer off or on' },
      { keys: ['Delete'], does: 'delete the layer' },
      { keys: ['←', '→'], does: 'its bracket, dots and tools' },
    ],
  },
];

const DRAWING: readonly KeyGroup[] = [
  {
    title: 'Drawing, on the pad or its tools',
    lines: [
      { keys: ['B', 'E', 'F'], does: 'brush, eraser, fill' },
      { keys: ['[', ']'], does: 'narrower, wider brush' },
      { keys: ['M'], does: 'mirror the drawing' },
      { keys: ['S'], does: 'draw on both sides' },
      { keys: ['Ctrl Z'], does: 'undo a stroke' },
      { keys: ['←', '↑', '→', '↓'], does: 'move the pen' },
      { keys: ['Space'], does: 'put down or lift the pen' },
    ],
  },
];

const PAGE: readonly KeyGroup[] = [
  {
    title: 'Page',
    lines: [
      { keys: ['Ctrl Z', 'Ctrl Shift Z'], does: 'undo, redo' },
      { keys: ['1', '2', '…'], does: 'result tabs' },
      { keys: ['P', 'Esc'], does: 'present, leave' },
      { keys: ['F6'], does: 'next column' },
      { keys: ['?'], does: 'this help' },
    ],
  },
];
