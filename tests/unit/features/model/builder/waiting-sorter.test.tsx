import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { WaitingSorter } from '../../../../../src/features/model/builder/waiting-sorter.ts';

afterEach(cleanup);

/** Three cards, and a sorter for them that is not loaded yet. */
function cards() {
  render(
    <div data-testid="stack">
      {['a', 'b', 'c'].map((id) => (
        <div key={id} data-row={id}>
          <button type="button" className="handle">
            {id}
          </button>
        </div>
      ))}
    </div>,
  );
  const [show, drop] = [vi.fn(), vi.fn()];
  const sorter = new WaitingSorter({
    stack: () => screen.getByTestId('stack'),
    titleOf: (id) => id,
    judge: () => null,
    show,
    drop,
    say: () => {},
  });
  return { sorter, show, drop, dots: (id: string) => screen.getByRole('button', { name: id }) };
}

test('keys that are pressed before it is here are done in their order once it is', async () => {
  const { sorter, drop, dots } = cards();
  expect(['ArrowDown', 'Space', 'ArrowDown', 'Space'].map((key) => sorter.key(key, dots('a')))).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect(drop).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(drop).toHaveBeenCalledExactlyOnceWith('a', 1));
});

test('a pointer that is still down on the dots when it comes moves the card; one that was lifted does not', async () => {
  const { sorter, show, dots } = cards();
  sorter.pointerDown({ target: dots('b'), pointerId: 1, button: 0, clientY: 10 });
  sorter.pointerUp();
  sorter.pointerDown({ target: dots('c'), pointerId: 1, button: 0, clientY: 10 });
  await vi.waitFor(() => {
    sorter.pointerMove({ target: dots('c'), pointerId: 1, button: 0, clientY: 40 });
    expect(show).toHaveBeenCalledWith({ id: 'c', problem: null });
  });
  sorter.pointerUp();
  sorter.pointerMove({ target: dots('c'), pointerId: 1, button: 0, clientY: 80 });
  expect(show).not.toHaveBeenCalledWith({ id: 'b', problem: null });
});

test('what was pressed is forgotten where the focus leaves or the network changes', async () => {
  const { sorter, show, dots } = cards();
  sorter.key('Space', dots('a'));
  sorter.cancelKeys();
  sorter.pointerDown({ target: dots('b'), pointerId: 1, button: 0, clientY: 10 });
  sorter.cancel();
  await import('../../../../../src/features/model/builder/sorter.ts');
  sorter.pointerMove({ target: dots('b'), pointerId: 1, button: 0, clientY: 90 });
  expect(show).not.toHaveBeenCalled();
});
