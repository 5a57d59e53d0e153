import { cleanup } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { useRun, useSteadyRun, useSteadyRuns } from '../../../src/features/lab.tsx';
import type { Run } from '../../../src/state/run.ts';
import { PanelLab } from '../support/panel-lab.tsx';

afterEach(cleanup);

interface WatchProps<Value> {
  readonly use: () => Value;
  readonly onRender: (value: Value) => void;
}

function Watch<Value>({ use, onRender }: WatchProps<Value>) {
  onRender(use());
  return null;
}

const useLiveRun = () => useRun((run) => run);

/** What the hooks gave at each rendering: the run as it is, the steady run and the steady list. */
function watched(lab: PanelLab) {
  const runs: (Run | null)[] = [];
  const steady: (Run | null)[] = [];
  const lists: (readonly Run[])[] = [];
  lab.show(
    <>
      <Watch use={useLiveRun} onRender={(run) => runs.push(run)} />
      <Watch use={useSteadyRun} onRender={(run) => steady.push(run)} />
      <Watch use={useSteadyRuns} onRender={(list) => lists.push(list)} />
    </>,
  );
  return { runs, steady, lists };
}

test('steps change the run, but draw nothing that has nothing to do with them', () => {
  const lab = new PanelLab();
  lab.ready();
  lab.startRun();
  lab.phase(1, 'training');
  lab.steps(1, 4);
  const { runs, steady, lists } = watched(lab);
  const before = [runs.length, steady.length, lists.length];
  for (let i = 0; i < 5; i++) lab.steps(1, 1);
  expect(runs.length).toBe(Number(before[0]) + 5);
  expect(runs.at(-1)?.losses.length).toBe(9);
  expect([steady.length, lists.length]).toEqual(before.slice(1));
  lab.steps(1, 1);
  lab.epoch(1, 1, { loss: 0.3, accuracy: 0.9 });
  expect(steady.at(-1)).toBe(runs.at(-1));
  expect(lists.at(-1)).toEqual([runs.at(-1)]);
});

test('the first steps, a pause and another run are seen at once', () => {
  const lab = new PanelLab();
  lab.ready();
  lab.startRun();
  lab.phase(1, 'training');
  const { runs, steady, lists } = watched(lab);
  lab.steps(1, 1);
  expect(steady.at(-1)).toBe(runs.at(-1));
  lab.phase(1, 'paused');
  expect(steady.at(-1)?.phase).toBe('paused');
  lab.steps(1, 9);
  lab.epoch(1, 1, { loss: 0.3, accuracy: 0.9 });
  lab.phase(1, 'finished');
  const finished = runs.at(-1);
  lab.startRun();
  expect(steady.at(-1)?.number).toBe(2);
  expect(lists.at(-1)?.map(({ number }) => number)).toEqual([2, 1]);
  // What a run that is over has does not change, so its row is not drawn again.
  expect(lists.at(-1)?.[1]?.epochs).toBe(finished?.epochs);
  const [, earlier] = lists.at(-1) ?? [];
  lab.phase(2, 'training');
  lab.steps(2, 3);
  expect(lists.at(-1)?.[1]).toBe(earlier);
});
