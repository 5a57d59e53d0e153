import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NumberField } from '../../../../src/ui/form/NumberField.tsx';
import { SelectField } from '../../../../src/ui/form/SelectField.tsx';
import { TapeSlider } from '../../../../src/ui/form/TapeSlider.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A field that keeps its own value and can be set from outside, as undo would. */
function Filters({ heard }: { readonly heard: (value: number) => void }) {
  const [value, setValue] = useState(32);
  const onChange = (next: number) => {
    heard(next);
    setValue(next);
  };
  const limits = { min: 1, max: 512, integer: true, noun: ['filter', 'filters'], steps: [16, 32, 64, 128] } as const;
  return (
    <>
      <NumberField label="Filters" value={value} onChange={onChange} explanation="Patterns to look for." {...limits} />
      <button type="button" onClick={() => setValue(8)}>
        Undo
      </button>
    </>
  );
}

function setUp() {
  const heard = vi.fn<(value: number) => void>();
  render(<Filters heard={heard} />);
  const input = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Filters' });
  const type = (text: string) => fireEvent.change(input, { target: { value: text } });
  return { heard, input, type };
}

describe('NumberField', () => {
  test('applies on Enter', () => {
    const { heard, input, type } = setUp();
    type('64');
    expect(heard).not.toHaveBeenCalled();
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(heard.mock.calls).toEqual([[64]]);
  });

  test('applies on blur, and once', () => {
    const { heard, input, type } = setUp();
    type('64');
    fireEvent.blur(input);
    act(() => vi.advanceTimersByTime(1000));
    expect(heard.mock.calls).toEqual([[64]]);
  });

  test('applies after a pause of 400 ms and leaves the text as it was typed', () => {
    const { heard, input, type } = setUp();
    type('064');
    act(() => vi.advanceTimersByTime(399));
    expect(heard).not.toHaveBeenCalled();
    act(() => vi.advanceTimersByTime(1));
    expect(heard.mock.calls).toEqual([[64]]);
    expect(input.value).toBe('064');
    fireEvent.blur(input);
    expect(input.value).toBe('64');
  });

  test('keeps an invalid text, says what is wrong, and applies nothing', () => {
    const { heard, input, type } = setUp();
    type('0');
    fireEvent.blur(input);
    expect(input.value).toBe('0');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toBe('At least 1 filter.');
    expect(heard).not.toHaveBeenCalled();
    type('2');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('Escape brings the value back', () => {
    const { heard, input, type } = setUp();
    type('0');
    fireEvent.keyDown(input, { key: 'Escape' });
    expect(input.value).toBe('32');
    act(() => vi.advanceTimersByTime(1000));
    expect(heard).not.toHaveBeenCalled();
  });

  test('arrow keys walk the sensible values, from what is typed on', () => {
    const { heard, input, type } = setUp();
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    type('100');
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    fireEvent.keyDown(input, { key: 'ArrowDown', shiftKey: true });
    expect(heard.mock.calls).toEqual([[64], [128], [16]]);
    expect(input.value).toBe('16');
  });

  test('gives way to a value set from elsewhere, even while its text is wrong', () => {
    const { input, type } = setUp();
    type('0');
    fireEvent.blur(input);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(input.value).toBe('8');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('its explanation is its description', () => {
    const { input } = setUp();
    const about = document.getElementById(input.getAttribute('aria-describedby') ?? '');
    expect(about?.textContent).toBe('Patterns to look for.');
  });
});

test('the explanation of a field shows on its focus after a moment, until a key is pressed', () => {
  const { input } = setUp();
  fireEvent.focus(input);
  expect(document.querySelector('.tip')).toBeNull();
  act(() => vi.advanceTimersByTime(400));
  expect(document.querySelector('.tip')?.textContent).toBe('Patterns to look for.');
  fireEvent.keyDown(input, { key: '6' });
  expect(document.querySelector('.tip')).toBeNull();
});

describe('SelectField', () => {
  test('hands over the value of the choice, whatever its type', () => {
    const heard = vi.fn<(value: number) => void>();
    const choices = [16, 32, 64].map((value) => ({ value, label: `${value}` }));
    render(<SelectField label="Batch size" choices={choices} value={32} onChange={heard} />);
    const select = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Batch size' });
    expect(select.selectedOptions[0]?.textContent).toBe('32');
    fireEvent.change(select, { target: { value: '2' } });
    expect(heard.mock.calls).toEqual([[64]]);
  });
});

function Rate({ heard }: { readonly heard: (value: number) => void }) {
  const [value, setValue] = useState(0.001);
  const onChange = (next: number) => {
    heard(next);
    setValue(next);
  };
  const scale = { kind: 'log', min: 1e-5, max: 0.1, steps: [1e-4, 3e-4, 1e-3, 3e-3], ticks: [] } as const;
  return <TapeSlider label="Learning rate" value={value} onChange={onChange} {...scale} />;
}

describe('TapeSlider', () => {
  test('one control carries the name, so that readers meet the setting once', () => {
    render(<Rate heard={() => {}} />);
    expect(screen.getAllByLabelText('Learning rate')).toHaveLength(1);
    expect(screen.queryByRole('slider')).toBeNull();
    expect(screen.getByRole('slider', { hidden: true }).tabIndex).toBe(-1);
  });

  test('dragging gives values of two figures, and the number follows', () => {
    const heard = vi.fn<(value: number) => void>();
    render(<Rate heard={heard} />);
    fireEvent.change(screen.getByRole('slider', { hidden: true }), { target: { value: '700' } });
    expect(heard.mock.calls).toEqual([[0.0063]]);
    expect(screen.getByRole<HTMLInputElement>('spinbutton').value).toBe('0.0063');
  });

  test('typing moves the tape', () => {
    render(<Rate heard={() => {}} />);
    const input = screen.getByRole('spinbutton', { name: 'Learning rate' });
    fireEvent.change(input, { target: { value: '1e-4' } });
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(screen.getByRole<HTMLInputElement>('slider', { hidden: true }).value).toBe('250');
  });
});
