import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CompareDialog } from '../../../../src/features/runs/CompareDialog.tsx';
import { SweepDialog } from '../../../../src/features/sweep/SweepDialog.tsx';
import { PanelLab, press } from '../../support/panel-lab.tsx';

let page: PanelLab;

/** Two finished runs that differ in their batch size, as the newest two. */
beforeEach(() => {
  page = new PanelLab();
  page.ready();
  for (const [run, batchSize] of [
    [1, 32],
    [2, 64],
  ] as const) {
    page.lab.draft.setRecipe({ batchSize, epochs: 1 }, `batch ${batchSize}`);
    page.startRun();
    page.finish(run);
    page.tested(run);
  }
});
afterEach(cleanup);

const trained = () =>
  page.sent.flatMap((command) => (command.type === 'train' ? [[command.recipe.batchSize, command.recipe.seed]] : []));

test('a comparison is repeated over seeds, seed by seed, and the sweep tells whether the difference can be chance', () => {
  page.show(<CompareDialog onClose={() => {}} />);
  fireEvent.click(within(screen.getByRole('radiogroup', { name: 'Seeds' })).getByLabelText('3'));
  press('Repeat with three seeds');
  expect(screen.getByRole('status').textContent).toContain('The Sweep shows');
  const accuracies = [0.8, 0.82, 0.81, 0.84, 0.79, 0.83];
  for (const [i, accuracy] of accuracies.entries()) page.finish(3 + i, 1, { loss: 1 - accuracy, accuracy });
  expect(trained().slice(2)).toEqual([
    [32, 1],
    [64, 1],
    [32, 2],
    [64, 2],
    [32, 3],
    [64, 3],
  ]);
  expect(page.sent.filter((command) => command.type === 'train').at(-1)).toMatchObject({ judgesTest: false });
  cleanup();
  page.show(<SweepDialog onClose={() => {}} />);
  const [difference] = within(screen.getByRole('list', { name: 'Paired differences' })).getAllByRole('listitem');
  // Differences of 2, 3 and 4 points: t = 5.196 with 2 degrees of freedom.
  expect(difference?.textContent).toMatch(/^run 2 .* against run 1 .*: \+3\.0.pt on average over 3 seeds/);
  expect(difference?.textContent).toContain('This is hardly chance');
  expect(difference?.textContent).toContain('p = 0.035');
});

/** The two runs repeated with three seeds, with these accuracies, seed by seed. */
function repeated(accuracies: readonly number[]) {
  page.show(<CompareDialog onClose={() => {}} />);
  fireEvent.click(within(screen.getByRole('radiogroup', { name: 'Seeds' })).getByLabelText('3'));
  press('Repeat with three seeds');
  for (const [i, accuracy] of accuracies.entries()) page.finish(3 + i, 1, { loss: 1 - accuracy, accuracy });
}

test.each([
  ['the comparison', CompareDialog],
  ['the sweep', SweepDialog],
])('%s says that a difference can be chance, and names the test', (_, Shown) => {
  repeated([0.8, 0.82, 0.81, 0.8, 0.79, 0.8]);
  cleanup();
  page.show(<Shown onClose={() => {}} />);
  const [difference] = within(screen.getByRole('list', { name: 'Paired differences' })).getAllByRole('listitem');
  expect(difference?.textContent).toMatch(/^run 2 .* against run 1 .* on average over [34] seeds/);
  expect(difference?.textContent).toContain('This difference can be chance: if the two were equally good');
  expect(difference?.textContent).toMatch(/\(paired t-test, p = 0\.\d+\)/);
});

test('of single runs the comparison says nothing of chance', () => {
  page.show(<CompareDialog onClose={() => {}} />);
  expect(screen.queryByRole('list', { name: 'Paired differences' })).toBeNull();
});

test('repeats are shown as their mean with a band, in the sweep and in the comparison', () => {
  page.show(<CompareDialog onClose={() => {}} />);
  fireEvent.click(within(screen.getByRole('radiogroup', { name: 'Seeds' })).getByLabelText('3'));
  press('Repeat with three seeds');
  for (const [i, accuracy] of [0.8, 0.82, 0.81, 0.84, 0.79, 0.83].entries())
    page.finish(3 + i, 1, { loss: 1 - accuracy, accuracy });
  cleanup();
  page.show(<SweepDialog onClose={() => {}} />);
  press('Show as table');
  const curves = screen.getByRole('table', { name: 'Accuracy by epoch' });
  expect(within(curves).getByRole('columnheader', { name: 'Mean of runs 4, 6, 8' })).toBeTruthy();
  expect(within(curves).getByText(/^80\.0.% \(79\.0.% to 81\.0.%\)$/)).toBeTruthy();
  expect(screen.getByText(/the band reaches from the least to the most/)).toBeTruthy();
  cleanup();
  page.show(<CompareDialog onClose={() => {}} />);
  const sideBySide = () => within(screen.getByRole('region', { name: 'Runs side by side' }));
  expect(sideBySide().getByRole('columnheader', { name: /^1 .*, 4 seeds$/ })).toBeTruthy();
  // The run that was repeated is the fourth of its kind.
  expect(sideBySide().getAllByText(/^82\.5.% \(79\.0.% to 90\.0.%\)$/)).toHaveLength(2);
  fireEvent.click(screen.getByRole('switch', { name: 'Seeds as one' }));
  expect(sideBySide().queryByRole('columnheader', { name: /seeds/ })).toBeNull();
});

test('while a run trains, and of a run whose settings were changed meanwhile, there is no repeat', () => {
  page.startRun();
  page.phase(3, 'training');
  page.show(<CompareDialog onClose={() => {}} />);
  press('Repeat with five seeds');
  expect(trained()).toHaveLength(3);
  page.steps(3, 5);
  page.say({ type: 'adjusted', run: 3, step: 5, values: { learningRate: 0.01 } });
  page.steps(3, 5);
  page.phase(3, 'finished');
  press('Repeat with five seeds');
  expect(trained()).toHaveLength(3);
  expect(screen.queryByText(/The Sweep shows/)).toBeNull();
});

test('runs that differ in their seed alone are no comparison', () => {
  page.lab.draft.setRecipe({ seed: 7 }, 'seed 7');
  page.startRun();
  page.finish(3);
  page.tested(3);
  page.show(<CompareDialog onClose={() => {}} />);
  // The run that differs in more was chosen beside them.
  fireEvent.click(screen.getByRole('button', { name: /^1 /, pressed: true }));
  press('Repeat with five seeds');
  expect(trained()).toHaveLength(3);
  expect(screen.queryByText(/The Sweep shows/)).toBeNull();
});
