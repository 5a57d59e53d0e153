import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Dialog } from '../../../../src/ui/overlay/Dialog.tsx';
import { Popover } from '../../../../src/ui/overlay/Popover.tsx';
import { Toast } from '../../../../src/ui/overlay/Toast.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Palette() {
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <button type="button" onClick={(event) => setAnchor(anchor ? null : event.currentTarget)}>
        Layer
      </button>
      {anchor && (
        <Popover anchor={anchor} label="Insert a layer" onClose={() => setAnchor(null)}>
          <input aria-label="Find a layer" />
          <button type="button">Conv2D</button>
        </Popover>
      )}
    </>
  );
}

describe('Popover', () => {
  const open = () => {
    render(<Palette />);
    const button = screen.getByRole('button', { name: 'Layer' });
    button.focus();
    fireEvent.click(button);
    return button;
  };

  test('takes the focus, and arrow keys walk through it', () => {
    open();
    const dialog = screen.getByRole('dialog', { name: 'Insert a layer' });
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
    fireEvent.keyDown(dialog, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toBe('Conv2D');
    fireEvent.keyDown(dialog, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  test('closes on Escape and gives the focus back', () => {
    const button = open();
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  test('closes on Escape on its control, too', () => {
    const button = open();
    button.focus();
    fireEvent.keyDown(button, { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('closes on a press outside, but not on one inside', () => {
    open();
    fireEvent.pointerDown(screen.getByRole('textbox'));
    expect(screen.queryByRole('dialog')).not.toBeNull();
    fireEvent.pointerDown(document.body);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('its own button closes it and does not open it again', () => {
    const button = open();
    fireEvent.pointerDown(button);
    fireEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('Dialog', () => {
  test('is modal, has its title as name, and asks to close on Escape and on the backdrop', () => {
    const heard = vi.fn();
    render(
      <Dialog title="Restore run 3?" actions={<button type="button">Restore run 3</button>} onClose={heard}>
        <p>The draft stays in undo.</p>
      </Dialog>,
    );
    const dialog = screen.getByRole<HTMLDialogElement>('dialog', { name: 'Restore run 3?' });
    expect(dialog.open).toBe(true);
    fireEvent.click(screen.getByText('The draft stays in undo.'));
    expect(heard).not.toHaveBeenCalled();
    fireEvent.click(dialog);
    fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(heard).toHaveBeenCalledTimes(2);
  });
});

describe('Toast', () => {
  test('goes after 8 seconds', () => {
    const done = vi.fn();
    render(<Toast message="MaxPool deleted" onDone={done} />);
    act(() => vi.advanceTimersByTime(7999));
    expect(done).not.toHaveBeenCalled();
    act(() => vi.advanceTimersByTime(1));
    expect(done).toHaveBeenCalledTimes(1);
  });

  test('waits while the pointer or the focus is on it', () => {
    const done = vi.fn();
    render(<Toast message="MaxPool deleted" onUndo={() => {}} onDone={done} />);
    fireEvent.focus(screen.getByRole('button', { name: 'Undo' }));
    act(() => vi.advanceTimersByTime(60_000));
    expect(done).not.toHaveBeenCalled();
    fireEvent.blur(screen.getByRole('button', { name: 'Undo' }));
    act(() => vi.advanceTimersByTime(8000));
    expect(done).toHaveBeenCalledTimes(1);
  });

  test('Undo undoes once and closes', () => {
    const calls: string[] = [];
    render(<Toast message="MaxPool deleted" onUndo={() => calls.push('undo')} onDone={() => calls.push('done')} />);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(calls).toEqual(['undo', 'done']);
  });
});
