import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { TASK_HASH } from '../../../../src/core/sharing/shared-hash.ts';
import { Task } from '../../../../src/features/classroom/Task.tsx';
import { LabContext } from '../../../../src/features/lab.tsx';
import { LabFilesContext, type LabFileTools } from '../../../../src/features/lab-files.ts';
import { type LessonNotes, LessonNotesContext } from '../../../../src/features/lesson-notes.ts';
import { linkTo } from '../../../../src/features/link.ts';
import { ModelPanel } from '../../../../src/features/model/ModelPanel.tsx';
import { FREE, RULING } from '../../../../src/features/ruling.tsx';
import { SharedDialog } from '../../../../src/features/share/SharedDialog.tsx';
import { RecipeForm } from '../../../../src/features/training/RecipeForm.tsx';
import { SeedField } from '../../../../src/features/training/SeedField.tsx';
import { assignmentText } from '../../../../src/state/assignment-text.ts';
import { FakeWorker } from '../../state/fake-worker.ts';
import { FORM, SOURCE, START } from './sample-assignment.ts';

afterEach(cleanup);

const none = () => Promise.reject(new Error('Nobody asks for this.'));

const NO_FILES: LabFileTools = {
  save: none,
  read: none,
  adopt: none,
  saveAssignment: none,
  handIn: none,
  readHandIn: none,
};

function notesOfVisit(): LessonNotes {
  const notes = new Map<string, string>();
  return { read: (id) => notes.get(id) ?? null, write: (id, text) => void notes.set(id, text) };
}

/** An assignment that was begun out of its link, as the page shows it. */
async function beginTask(notes = notesOfVisit(), source = SOURCE) {
  const lab = new FakeWorker().lab();
  const before = lab.draft.store.getState();
  const handIn = vi.fn(async () => new Blob());
  const files = async () => ({ ...NO_FILES, handIn });
  const [onTask, onClose] = [vi.fn(), vi.fn()];
  const hash = await linkTo('', source, TASK_HASH);
  const show = (part: React.ReactNode) =>
    render(
      <LabContext value={lab}>
        <LabFilesContext value={files}>
          <LessonNotesContext value={notes}>{part}</LessonNotesContext>
        </LabFilesContext>
      </LabContext>,
    );
  const dialog = show(<SharedDialog from={hash} onTab={() => undefined} onTask={onTask} onClose={onClose} />);
  const begin = await screen.findByRole('button', { name: 'Begin' });
  const brought = dialog.container.ownerDocument.body.textContent ?? '';
  fireEvent.click(begin);
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  const [id] = onTask.mock.calls[0] ?? [];
  dialog.unmount();
  const [left, onLesson] = [vi.fn(), vi.fn()];
  const task = show(
    <>
      <Task id={String(id)} onLesson={onLesson} onClose={left} />
      <SeedField />
      <RecipeForm />
      <ModelPanel />
    </>,
  );
  return { lab, before, notes, handIn, onLesson, id: String(id), task, brought };
}

test('an assignment is begun out of its link, and its rules hold in the form and in the draft', async () => {
  const { lab, task } = await beginTask();
  const { recipe } = lab.draft.store.getState();
  expect(recipe).toMatchObject({ epochs: 4, seed: 2018 });
  const seed = screen.getByRole('spinbutton', { name: 'Seed' });
  expect(seed.closest('fieldset')).toHaveProperty('disabled', true);
  expect(seed.closest('fieldset')?.textContent).toContain('Set by the assignment');
  expect(screen.queryByLabelText('Batch size')).toBeNull();
  // What the network costs does not say it either.
  fireEvent.click(screen.getByRole('button', { name: /memory/i }));
  expect(await screen.findByText('for a batch in progress')).toBeDefined();
  const epochs = screen.getByRole('spinbutton', { name: 'Epochs' });
  expect(epochs.getAttribute('aria-valuemax')).toBe('5');
  fireEvent.change(epochs, { target: { value: '9' } });
  fireEvent.keyDown(epochs, { key: 'Enter' });
  expect(screen.getByText('At most 5.')).toBeDefined();
  act(() => lab.draft.setRecipe({ seed: 1, epochs: 9, batchSize: 1, learningRate: 0.5 }, 'all'));
  expect(lab.draft.store.getState().recipe).toEqual({ ...recipe, epochs: 5, learningRate: 0.5 });
  task.unmount();
  expect(RULING.getState()).toBe(FREE);
});

test('no script, no image and no such address of its text comes into the page', async () => {
  await beginTask();
  const text = screen.getByRole('region', { name: 'Text of the assignment' });
  expect(text.querySelector('strong')?.textContent).toBe('88 %');
  expect(text.querySelector('script, img')).toBeNull();
  expect(text.querySelector('a')?.getAttribute('href') ?? '').toBe('');
});

test('a lesson that is part of it is opened from it', async () => {
  const { onLesson } = await beginTask();
  fireEvent.click(screen.getByRole('button', { name: 'Open the lesson of this assignment' }));
  expect(onLesson.mock.calls).toEqual([['overfitting']]);
});

test('the goal shows what is met, and what is missing is said at hand-in', async () => {
  const { handIn } = await beginTask();
  const goal = screen.getByRole('list', { name: 'Goal, before the first run' });
  expect(
    within(goal)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual([
    expect.stringMatching(/^Validation accuracy over 88\.0.%–not met$/),
    expect.stringMatching(/^Parameters under 10,000,000[\d,]+met$/),
  ]);
  fireEvent.change(screen.getByRole('textbox', { name: 'Why?' }), { target: { value: 'Because.' } });
  fireEvent.click(screen.getByRole('button', { name: 'Hand in' }));
  const dialog = screen.getByRole('dialog', { name: 'Hand in' });
  expect(
    within(dialog)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['A run: train one.', 'The prediction.', 'The answer to question 2.']);
  expect(screen.getByRole('button', { name: 'Save the file' }).getAttribute('aria-disabled')).toBe('true');
  fireEvent.change(screen.getByLabelText('Your name'), { target: { value: 'Ada' } });
  fireEvent.click(screen.getByRole('button', { name: 'Save the file' }));
  await waitFor(() => expect(handIn).toHaveBeenCalled());
  expect(handIn).toHaveBeenCalledWith(
    expect.objectContaining({ student: 'Ada', source: SOURCE, answers: ['Because.', ''], run: null }),
  );
});

test('what was written outlasts the page, and leaving brings back the draft from before, with Undo', async () => {
  const { lab, before, notes, id, task } = await beginTask();
  fireEvent.change(screen.getByRole('textbox', { name: 'Why?' }), { target: { value: 'Because.' } });
  act(() => lab.draft.setRecipe({ learningRate: 0.5 }, 'rate'));
  const drafted = lab.draft.store.getState();
  fireEvent.click(screen.getByRole('button', { name: 'Leave' }));
  task.unmount();
  await waitFor(() => expect(lab.draft.store.getState().recipe).toEqual(before.recipe));
  expect(lab.draft.store.getState().network).toEqual(before.network);
  expect(notes.read('assignment')).toBe('');
  act(() => lab.draft.undo());
  expect(lab.draft.store.getState().recipe).toEqual(drafted.recipe);
  // Begun again, it goes on where it was left.
  cleanup();
  const again = await beginTask(notes);
  expect(again.id).toBe(id);
  expect(again.lab.draft.store.getState().recipe.learningRate).toBe(0.5);
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Why?' }).value).toBe('Because.');
});

test('no summary says what is hidden', async () => {
  const { brought, lab } = await beginTask();
  expect(brought).toContain('4 epochs');
  expect(brought).not.toMatch(/batch/i);
  act(() => lab.draft.setRecipe({ labelNoise: 0.1 }, 'noise'));
  const form = screen.getByRole('region', { name: 'Training recipe' });
  expect(form.textContent).toContain('4 epochs');
  expect(form.textContent).not.toMatch(/batch/i);
  expect(document.body.textContent).toContain('1 more set');
});

test('where the network is locked, no card can be edited, and it says why', async () => {
  const source = assignmentText('fedcba9876543210', { ...FORM, network: { kind: 'locked' } }, START);
  const { lab } = await beginTask(notesOfVisit(), source);
  const { network } = lab.draft.store.getState();
  const sentence = 'The network was set by the assignment: its layers cannot be edited.';
  const stack = screen.getByRole('group', { name: 'Layer stack' });
  expect(stack.textContent).toContain(sentence);
  const add = screen.getByRole('button', { name: 'Layer' });
  expect([add.getAttribute('aria-disabled'), add.getAttribute('aria-description')]).toEqual(['true', sentence]);
  const card = within(stack).getByRole('group', { name: 'Conv2D 1' });
  const row = within(card).getByRole('button', { name: /^Conv2D 32/ });
  fireEvent.click(row);
  const units = await within(card).findByRole('spinbutton', { name: 'Filters' });
  expect(units.closest('fieldset')).toHaveProperty('disabled', true);
  expect(units.closest('fieldset')?.textContent).toContain(sentence);
  fireEvent.keyDown(row, { key: 'Delete' });
  await screen.findByText(sentence, { selector: '.toast' });
  expect(lab.draft.store.getState().network).toBe(network);
  // What is no card, such as a run that is restored, is taken back.
  act(() => lab.draft.replace({ ...lab.draft.store.getState(), network: { layers: [] } }));
  expect(lab.draft.store.getState().network).toBe(network);
  const task = screen.getByRole('region', { name: 'Assignment: Fewer parameters' });
  expect(within(task).getByText(`${sentence} The last change was taken back.`)).toBeDefined();
});
