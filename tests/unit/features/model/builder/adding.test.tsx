import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ModelPanel } from '../../../../../src/features/model/ModelPanel.tsx';
import { PanelLab, press } from '../../../support/panel-lab.tsx';

let page: PanelLab;

beforeEach(() => {
  page = new PanelLab();
  page.ready();
  page.show(<ModelPanel />);
});

afterEach(cleanup);

/** The titles of the layers, from the first down. */
function titles(): readonly string[] {
  const cards = within(screen.getByRole('group', { name: 'Layer stack' })).getAllByRole('group');
  return cards.slice(1).map((card) => (card.getAttribute('aria-label') ?? '').replace(/ \d+$/, ''));
}

const CONVOLUTIONS = ['Conv2D', 'Conv2D', 'MaxPooling2D'];

/** Opens the palette by the button above the stack. */
async function openPalette(): Promise<HTMLElement> {
  press('Layer');
  return await screen.findByLabelText('Find a layer');
}

/** Adds what Enter takes for some letters. */
async function add(letters: string): Promise<void> {
  const field = await openPalette();
  fireEvent.change(field, { target: { value: letters } });
  fireEvent.keyDown(field, { key: 'Enter' });
}

function openCard(name: string): void {
  fireEvent.click(within(screen.getByRole('group', { name })).getByRole('button', { expanded: false }));
}

function chosenPlace(): string | undefined {
  const field = screen.getByLabelText<HTMLSelectElement>('Inserted after');
  return field.querySelector(`option[value="${field.value}"]`)?.textContent ?? undefined;
}

// The first one here: later the list of layers has been loaded.
test('what is typed before the list of layers has loaded goes into its field, and to nothing else', async () => {
  const before = titles();
  press('Layer');
  const stack = screen.getByRole('group', { name: 'Layer stack' });
  // Delete would remove a layer.
  for (const key of ['d', 'r', 'o', 'x', 'Backspace', 'Delete']) fireEvent.keyDown(stack, { key });
  expect(screen.queryByLabelText('Find a layer')).toBeNull();
  const field = await screen.findByLabelText<HTMLInputElement>('Find a layer');
  expect(field.value).toBe('dro');
  expect(titles()).toEqual(before);
});

test('two VGG blocks in a row stand one behind the other, at the end of the features', async () => {
  await add('vgg');
  await add('vgg');
  expect(titles()).toEqual(['Conv2D', 'MaxPooling2D', ...CONVOLUTIONS, ...CONVOLUTIONS, 'Flatten', 'Dense', 'Dense']);
});

test('the button, the palette and the stack say where a layer goes', async () => {
  expect(screen.getByRole('button', { name: 'Layer' }).title).toBe('Inserts after MaxPooling2D 1');
  const marked = () => document.querySelector('.wire.is-next')?.getAttribute('aria-label');
  expect(marked()).toBe('Insert a layer after MaxPooling2D 1');
  const field = await openPalette();
  expect(field.getAttribute('aria-description')).toBe('Inserted after MaxPooling2D 1. 13×13×32 arrives here.');
  expect(chosenPlace()).toBe('MaxPooling2D 1');
  fireEvent.change(screen.getByLabelText('Inserted after'), { target: { value: '1' } });
  expect(chosenPlace()).toBe('Conv2D 1');
  expect(marked()).toBe('Insert a layer after Conv2D 1');
  expect(field.getAttribute('aria-description')).toBe('Inserted after Conv2D 1. 26×26×32 arrives here.');
  press(/^Dropout/);
  expect(titles()).toEqual(['Conv2D', 'Dropout', 'MaxPooling2D', 'Flatten', 'Dense', 'Dense']);
  expect(screen.getByText('Dropout inserted after Conv2D 1, position 2 of 6')).toBeTruthy();
});

test('the open card is where the next layer goes, but nothing goes behind a finished output', async () => {
  openCard('Conv2D 1');
  await openPalette();
  expect(chosenPlace()).toBe('Conv2D 1');
  fireEvent.keyDown(screen.getByLabelText('Find a layer'), { key: 'Escape' });
  openCard('Dense 2');
  await openPalette();
  expect(chosenPlace()).toBe('MaxPooling2D 1');
});

test('a kind that does not fit says where it would, and goes there', async () => {
  fireEvent.click(screen.getByRole('button', { name: 'Insert a layer after Dense 1' }));
  await screen.findByLabelText('Find a layer');
  const conv = screen.getByRole('button', { name: /^Conv2D 32.*needs an image fits after MaxPooling2D 1$/ });
  expect(conv.getAttribute('aria-disabled')).not.toBe('true');
  fireEvent.click(conv);
  expect(titles()).toEqual(['Conv2D', 'MaxPooling2D', 'Conv2D', 'Flatten', 'Dense', 'Dense']);
  expect(screen.getByText('Conv2D inserted after MaxPooling2D 1, position 3 of 6')).toBeTruthy();
});

test('a Dense goes into the head, when no place was asked for', async () => {
  await add('dense');
  expect(titles()).toEqual(['Conv2D', 'MaxPooling2D', 'Flatten', 'Dense', 'Dense', 'Dense']);
  expect(screen.getByText('Dense inserted after Dense 1, position 5 of 6')).toBeTruthy();
});

test('what is wrong is said in words that explain themselves', async () => {
  act(() => page.lab.draft.edit([{ type: 'replace', network: { layers: [] } }], 'remove all layers'));
  const term = await within(await screen.findByRole('alert')).findByRole('button', { name: 'softmax' });
  expect(term.getAttribute('aria-description')).toMatch(/^Turns the outputs of the last layer into probabilities/);
  expect(screen.getByRole('alert').textContent).toContain('ends in a Dense layer of 10 with softmax.');
});
