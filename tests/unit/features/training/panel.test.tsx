import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FREE, RULING } from '../../../../src/features/ruling.tsx';
import { LiveChanges } from '../../../../src/features/training/LiveChanges.tsx';
import { Notices } from '../../../../src/features/training/Notices.tsx';
import { Progress } from '../../../../src/features/training/Progress.tsx';
import { RecipeForm } from '../../../../src/features/training/RecipeForm.tsx';
import { TrainingPanel } from '../../../../src/features/training/TrainingPanel.tsx';
import { Transport } from '../../../../src/features/training/Transport.tsx';
import { FASHION_SOURCE } from '../../state/fake-worker.ts';
import { choose, PanelLab, press, type } from '../../support/panel-lab.tsx';

let page: PanelLab;
beforeEach(() => {
  page = new PanelLab();
});
afterEach(cleanup);

describe('the status line', () => {
  const status = () => screen.getByRole('status', { name: 'Training status' });

  beforeEach(() => {
    page.show(
      <>
        <Transport />
        <Progress />
      </>,
    );
  });

  test('says what is waited for until training can start', () => {
    expect(status().textContent).toBe('Waiting for the first 1,000 images');
    page.arrive();
    expect(status().textContent).toBe('Starting the training engine');
    page.open();
    expect(status().textContent).toBe('Ready · 1,000 training images loaded');
    expect(status().dataset).toMatchObject({ state: 'ready', run: '0', step: '0', backend: 'wasm' });
  });

  test('counts epochs and batches, and estimates the time left from the speed', () => {
    page.ready();
    page.lab.draft.setRecipe({ epochs: 4, batchSize: 64 }, 'shorten');
    press('Train');
    expect(status().textContent).toContain('preparing the network');
    page.phase(1, 'training');
    page.steps(1, 10);
    page.epoch(1, 1, { loss: 0.5, accuracy: 0.8 });
    page.steps(1, 5);
    // 25 of 40 steps of 64 images are left, at 640 images a second.
    expect(status().textContent).toBe('epoch 2 of 4·batch 5/10·640 img/s0:03 left');
    expect(status().dataset).toMatchObject({ state: 'training', run: '1', epoch: '1', step: '15' });
    page.phase(1, 'paused');
    expect(status().textContent).toContain('paused');
  });

  test('explains its terms', async () => {
    page.ready();
    press('Train');
    page.phase(1, 'training');
    page.steps(1, 10);
    for (const [word, meaning] of [
      ['epoch', /^One pass over/],
      ['batch', /^The samples that are used for one/],
    ] as const) {
      const term = await within(status()).findByRole('button', { name: word });
      expect(term.getAttribute('aria-description')).toMatch(meaning);
    }
  });

  test('offers to go on with a run that has ended, for half as many epochs again or as many as the recipe has', async () => {
    page.ready();
    page.lab.draft.setRecipe({ epochs: 2 }, 'shorten');
    press('Train');
    page.finish(1, 2);
    expect(status().textContent).toContain('finished');
    await screen.findByRole('button', { name: 'Continue to epoch 3' });
    press('Continue to epoch 3');
    expect(page.sent.slice(-2)).toEqual([
      { type: 'extend', run: 1, epochs: 3 },
      { type: 'advance', run: 1, advance: 'run' },
    ]);
    act(() => page.lab.draft.setRecipe({ epochs: 9 }, 'lengthen'));
    press('Continue to epoch 9');
    expect(page.sent.at(-2)).toEqual({ type: 'extend', run: 1, epochs: 9 });
  });

  test('goes on no longer than an assignment allows, and says so', async () => {
    page.ready();
    page.lab.draft.setRecipe({ epochs: 4 }, 'shorten');
    press('Train');
    page.finish(1, 4);
    await screen.findByRole('button', { name: 'Continue to epoch 6' });
    act(() => RULING.setState({ ...FREE, mostEpochs: 5 }, true));
    expect(screen.getByRole('button', { name: 'Continue to epoch 5' })).toBeDefined();
    act(() => RULING.setState({ ...FREE, mostEpochs: 4 }, true));
    const button = screen.getByRole('button', { name: 'Continue' });
    expect(button.getAttribute('aria-description')).toBe('The assignment allows 4 epochs at most.');
    press('Continue');
    expect(page.sent.some(({ type }) => type === 'extend')).toBe(false);
    act(() => RULING.setState(FREE, true));
  });

  test('says why a run ended before its last epoch', () => {
    page.ready();
    press('Train');
    page.say({ type: 'stoppedEarly', run: 1, epoch: 3 });
    page.say({ type: 'bestRestored', run: 1, epoch: 2 });
    page.finish(1, 3);
    expect(status().textContent).toContain('stopped early, weights of epoch 2 restored');
  });

  test('shows how far the evaluation on the test set is', () => {
    page.ready();
    press('Train');
    page.finish(1);
    page.say({ type: 'evaluationProgressed', run: 1, set: 'test', done: 2500, total: 10_000 });
    expect(status().textContent).toContain('test set 25\u202f%');
  });
});

describe('notices', () => {
  beforeEach(() => page.show(<Notices />));

  test('a run that failed says why, and can be started over', async () => {
    page.ready();
    page.startRun();
    page.say({ type: 'failed', run: 1, error: { name: 'DivergedError', message: 'The loss blew up.', stack: null } });
    expect(await screen.findByText('The loss blew up.')).toBeTruthy();
    press('Start over');
    expect(page.sent.at(-1)).toEqual({ type: 'reset', run: 1 });
    expect(screen.queryByText('The loss blew up.')).toBeNull();
  });

  test('an engine that could not be fetched is said, and fetched again when it is asked to', () => {
    page.say({ type: 'failed', run: null, error: { name: 'NotLoadedError', message: 'Failed to fetch', stack: null } });
    expect(screen.getByRole('alert').textContent).toContain('The training engine could not be loaded.');
    press('Try again');
    expect(page.sent.slice(-2)).toMatchObject([{ type: 'open' }, { type: 'openDataset' }]);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('a data set that is not complete can be fetched again, and the next shard clears the notice', () => {
    page.ready();
    page.say({
      type: 'streamFailed',
      baseUrl: FASHION_SOURCE.baseUrl,
      failure: { code: 'offline', message: 'You are offline.' },
    });
    expect(screen.getByText('You are offline.')).toBeTruthy();
    press('Retry');
    expect(page.sent.at(-1)).toEqual({ type: 'retryData' });
    page.arrive();
    expect(screen.queryByText('You are offline.')).toBeNull();
  });

  test('an engine that died without a run asks to reload the page', () => {
    for (let i = 0; i < 5; i++) page.die('Out of memory.');
    expect(screen.getByText(/Out of memory\. Reload the page/)).toBeTruthy();
  });
});

describe('the recipe', () => {
  const recipe = () => page.lab.draft.store.getState().recipe;
  beforeEach(() => page.show(<RecipeForm />));

  test('takes numbers within their range, and says what is wrong with others', () => {
    type('Epochs', '7');
    expect(recipe().epochs).toBe(7);
    type('Epochs', '0');
    expect(recipe().epochs).toBe(7);
    expect(screen.getByRole('alert').textContent).toContain('1');
  });

  test('another optimizer comes with its own learning rate', () => {
    choose('Optimizer', 'SGD');
    expect(recipe()).toMatchObject({ optimizer: { kind: 'sgd' }, learningRate: 0.01 });
  });

  test('augmentation is switched by chips, and the summary says so', () => {
    expect(screen.getByText(/no augmentation/)).toBeTruthy();
    press('Flip');
    press('Shift');
    expect(recipe().augmentation).toMatchObject({ flip: true, shift: 2, erase: 0 });
    expect(screen.queryByText(/no augmentation/)).toBeNull();
    press('Flip');
    expect(recipe().augmentation).toMatchObject({ flip: false, shift: 2 });
  });

  test('the validation split cannot be chosen where the test set validates', () => {
    expect(screen.getByLabelText('Validation split')).toHaveProperty('disabled', false);
    act(() => page.lab.draft.setRecipe({ validateOn: 'test' }, 'validate on the test set'));
    expect(screen.getByLabelText('Validation split')).toHaveProperty('disabled', true);
  });
});

describe('changes while a run trains', () => {
  test('are offered as long as the run can take them, and sent when asked for', () => {
    page.show(<LiveChanges />);
    page.ready();
    page.startRun();
    page.phase(1, 'training');
    expect(screen.queryByRole('button')).toBeNull();
    act(() => page.lab.draft.setRecipe({ learningRate: 0.01 }, 'change learning rate'));
    expect(screen.getByText('lr 1e-3 → 0.01')).toBeTruthy();
    press('Apply to run 1 now');
    expect(page.sent.at(-1)).toEqual({ type: 'adjust', run: 1, values: { learningRate: 0.01 } });
    page.say({ type: 'adjusted', run: 1, step: 3, values: { learningRate: 0.01 } });
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('that only another run can have are not offered', () => {
    page.show(<LiveChanges />);
    page.ready();
    page.startRun();
    page.phase(1, 'training');
    act(() => page.lab.draft.setRecipe({ batchSize: 8 }, 'change batch size'));
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('the column', () => {
  // The charts are a chunk of their own, and a large one.
  beforeAll(async () => void (await import('../../../../src/features/training/Charts.tsx')));

  test('shows the garments that arrive until the first run, then its curves, and the runs below', async () => {
    page.show(<TrainingPanel runs={<p>the runs</p>} />);
    expect(screen.getByRole('heading', { name: 'Loading the garments' })).toBeTruthy();
    expect(screen.getByText('the runs')).toBeTruthy();
    page.ready();
    press('Train');
    page.finish(1, 2);
    const loss = await screen.findByRole('figure', { name: 'Loss' });
    expect(screen.queryByRole('heading', { name: 'Loading the garments' })).toBeNull();
    fireEvent.click(within(loss).getByRole('button', { name: 'Show as table' }));
    const rows = within(loss)
      .getAllByRole('row')
      .map(({ textContent }) => textContent);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain('0.250');
  });

  test('a fix of the coach starts another run with it beside the first', async () => {
    page.show(<TrainingPanel runs={null} />);
    page.ready();
    page.lab.draft.setRecipe({ epochs: 2 }, 'shorten');
    press('Train');
    page.phase(1, 'training');
    page.steps(1, 10);
    page.epoch(1, 1, { loss: 5, accuracy: 0.1 });
    page.say({ type: 'failed', run: 1, error: { name: 'DivergedError', message: 'The loss blew up.', stack: null } });
    const fixes = await screen.findAllByTitle('Trains a second run with the same seed, to compare with this one');
    expect(fixes.length).toBeGreaterThan(0);
    expect(fixes.map(({ textContent }) => textContent)).toEqual(['2 → 4 epochs']);
    press('2 → 4 epochs');
    expect(page.sent.at(-1)).toMatchObject({ type: 'train', run: 2, recipe: { epochs: 4, seed: 42 } });
  });

  test('the coach offers no fix that an assignment does not allow', async () => {
    page.show(<TrainingPanel runs={null} />);
    page.ready();
    page.lab.draft.setRecipe({ epochs: 2 }, 'shorten');
    press('Train');
    page.finish(1, 2, { loss: 5, accuracy: 0.1 });
    const fixes = () => screen.queryAllByTitle('Trains a second run with the same seed, to compare with this one');
    await screen.findByRole('button', { name: '2 → 4 epochs' });
    act(() => RULING.setState({ ...FREE, allows: ({ recipe }) => recipe.epochs <= 3 }, true));
    expect(fixes().map(({ textContent }) => textContent)).not.toContain('2 → 4 epochs');
    act(() => RULING.setState({ ...FREE, allows: () => false }, true));
    expect(fixes()).toEqual([]);
    act(() => RULING.setState(FREE, true));
  });
});
