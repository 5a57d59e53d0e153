import { describe, expect, test } from 'vitest';
import type { MeasuredRun } from '../../src/core/lessons/figures.ts';
import type { Lesson } from '../../src/core/lessons/lesson.ts';
import { allHold, withChosen, withFigures } from '../../src/core/lessons/outcome.ts';
import { sizedRuns } from '../../src/core/lessons/size.ts';
import { isUsual } from '../../src/core/lessons/usual.ts';
import { LESSONS } from '../../src/lessons/catalogue.ts';
import { measureRun } from './support/measure-lesson.ts';

/** With `VITE_LESSONS=all` what the changes show is trained at the full size, too; else only as short as slow devices have it. */
const trainsAll = import.meta.env['VITE_LESSONS'] === 'all';

/** The runs of a lesson as they come out. */
async function measured({ runs, judgesTest, ...lesson }: Lesson, isShort: boolean, withChange: boolean) {
  const found = new Map<string, MeasuredRun>();
  const wanted = sizedRuns({ ...lesson, runs, judgesTest }, isShort);
  for (const run of withChange ? wanted : wanted.slice(0, -1)) {
    found.set(run.id, await measureRun(run, wanted, judgesTest));
  }
  return withChosen(
    runs.map(({ id }) => id),
    found,
  );
}

describe.each(LESSONS)('$title', (lesson) => {
  test('comes out as its explanation says', async () => {
    const found = await measured(lesson, false, trainsAll);
    expect(isUsual(lesson, found)).toBe(true);
    expect(withFigures(lesson.why + lesson.learned, found)).not.toMatch(/[{}…]/);
    if (trainsAll) expect(allHold(lesson.change.shows, found)).toBe(true);
  });

  test('does so on a slow device, and the change shows what it should', async () => {
    const found = await measured(lesson, true, true);
    expect(isUsual(lesson, found)).toBe(true);
    expect(allHold(lesson.change.shows, found)).toBe(true);
  });
});
