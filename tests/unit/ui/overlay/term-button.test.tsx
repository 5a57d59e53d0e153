import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { NumberField } from '../../../../src/ui/form/NumberField.tsx';
import { TermButton } from '../../../../src/ui/overlay/TermButton.tsx';

afterEach(cleanup);

const meaning = 'One pass over all training samples.';
const onAll = vi.fn();

function show() {
  render(
    <p>
      <TermButton term="Epoch" meaning={meaning} onAll={onAll}>
        epochs
      </TermButton>
      <TermButton term="Loss" meaning="How wrong the answers are." onAll={onAll}>
        loss
      </TermButton>
    </p>,
  );
}

const word = (name: string) => screen.getByRole('button', { name });
const explained = () => screen.queryAllByRole('dialog').map((dialog) => dialog.querySelector('b')?.textContent);

test('a press explains a word, another one closes it, and only one is open at a time', () => {
  show();
  fireEvent.click(word('epochs'), { detail: 1 });
  expect(explained()).toEqual(['Epoch']);
  expect(screen.getByRole('dialog', { name: 'Epoch' }).textContent).toContain(meaning);
  expect(word('epochs').getAttribute('aria-expanded')).toBe('true');
  fireEvent.click(word('loss'), { detail: 1 });
  expect(explained()).toEqual(['Loss']);
  fireEvent.click(word('loss'), { detail: 1 });
  expect(explained()).toEqual([]);
});

test('Escape closes it, and nothing else hears of it', () => {
  show();
  const outside = vi.fn();
  document.body.addEventListener('keydown', outside);
  fireEvent.click(word('epochs'));
  expect(document.activeElement?.textContent).toBe('All terms');
  const isLeft = fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  document.body.removeEventListener('keydown', outside);
  expect(explained()).toEqual([]);
  expect(document.activeElement).toBe(word('epochs'));
  expect(isLeft).toBe(false);
  expect(outside).not.toHaveBeenCalled();
});

test('a press outside closes it', () => {
  show();
  fireEvent.click(word('epochs'), { detail: 1 });
  fireEvent.pointerDown(document.body);
  expect(explained()).toEqual([]);
});

test('the pointer opens it when it rests on the word, and a touch does not before it presses', async () => {
  show();
  fireEvent.pointerEnter(word('loss'), { pointerType: 'touch' });
  fireEvent.pointerEnter(word('epochs'), { pointerType: 'mouse' });
  expect(explained()).toEqual([]);
  await screen.findByRole('dialog', { name: 'Epoch' });
  expect(explained()).toEqual(['Epoch']);
});

test('its link leads to all terms, and the meaning is the description of the word', () => {
  show();
  expect(word('epochs').getAttribute('aria-description')).toBe(meaning);
  fireEvent.click(word('epochs'), { detail: 1 });
  fireEvent.click(screen.getByRole('button', { name: 'All terms' }));
  expect(onAll).toHaveBeenCalledOnce();
  expect(explained()).toEqual([]);
});

test('over the label of a field it leaves the name of the field as it was', () => {
  const term = (
    <TermButton term="Epoch" meaning={meaning} onAll={onAll} over>
      Explain epoch
    </TermButton>
  );
  render(<NumberField label="Epochs" value={5} min={1} max={10} onChange={() => undefined} term={term} />);
  expect(screen.getByRole('spinbutton', { name: 'Epochs' })).toBe(screen.getByLabelText('Epochs'));
  fireEvent.click(word('Explain epoch'), { detail: 1 });
  expect(explained()).toEqual(['Epoch']);
});
