import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Outlines } from '../../../../src/ui/pad/Outlines.tsx';
import { PadWithTools } from '../../../../src/ui/pad/PadWithTools.tsx';
import { usePad } from '../../../../src/ui/pad/use-pad.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

interface TestPadProps {
  readonly onChange: (pixels: () => Uint8Array<ArrayBuffer>) => void;
  readonly singleKeys: boolean;
}

const size = { height: 28, width: 28 };

function TestPad({ onChange, singleKeys }: TestPadProps) {
  const control = usePad({ side: 280, subject: 'garments' }, onChange);
  return <PadWithTools {...{ control, size, singleKeys }} prompt="Draw a garment here." seen={undefined} />;
}

function setUp(singleKeys = true) {
  const drawn: { pixels: Uint8Array } = { pixels: new Uint8Array() };
  render(<TestPad onChange={(pixels) => (drawn.pixels = pixels())} singleKeys={singleKeys} />);
  const pad = screen.getByLabelText('Drawing pad');
  // The pad is shown at half its size.
  vi.spyOn(pad, 'getBoundingClientRect').mockReturnValue(new DOMRect(10, 20, 140, 140));
  const value = (x: number, y: number) => drawn.pixels[y * 280 + x];
  return { pad, value, drawn };
}

describe('DrawingPad', () => {
  test('a stroke of the pointer lands where it was drawn, whatever the size on screen', () => {
    const { pad, value } = setUp();
    fireEvent.pointerDown(pad, { clientX: 30, clientY: 60, button: 0 });
    fireEvent.pointerMove(pad, { clientX: 80, clientY: 60 });
    fireEvent.pointerUp(pad);
    fireEvent.pointerMove(pad, { clientX: 80, clientY: 120 });
    expect([value(40, 80), value(140, 80), value(140, 160)]).toEqual([0xca, 0xca, 0]);
  });

  test('symmetric strokes are drawn on both sides of the upright axis, and taken back as one', () => {
    const { pad, value } = setUp();
    fireEvent.keyDown(pad, { key: 's' });
    expect(screen.getByRole('button', { name: 'Symmetric' }).getAttribute('aria-pressed')).toBe('true');
    fireEvent.pointerDown(pad, { clientX: 30, clientY: 60, button: 0 });
    fireEvent.pointerUp(pad);
    expect([value(40, 80), value(239, 80), value(140, 80)]).toEqual([0xca, 0xca, 0]);
    fireEvent.click(screen.getByRole('button', { name: 'Undo a stroke' }));
    expect([value(40, 80), value(239, 80)]).toEqual([0, 0]);
  });

  test('other buttons of the mouse do not draw', () => {
    const { pad, drawn } = setUp();
    fireEvent.pointerDown(pad, { clientX: 30, clientY: 60, button: 2 });
    expect(drawn.pixels).toHaveLength(0);
  });

  test('says what to do while it is empty', () => {
    const { pad } = setUp();
    expect(screen.getByText('Draw a garment here.').tagName).toBe('P');
    fireEvent.pointerDown(pad, { clientX: 30, clientY: 60, button: 0 });
    expect(screen.queryByText('Draw a garment here.')).toBeNull();
  });

  test('Space lowers and lifts the pen, arrow keys move it, and Space goes no further', () => {
    const { pad, value } = setUp();
    const shortcut = vi.fn();
    addEventListener('keydown', shortcut);
    fireEvent.keyDown(pad, { key: ' ' });
    fireEvent.keyDown(pad, { key: 'ArrowRight', shiftKey: true });
    fireEvent.keyDown(pad, { key: ' ' });
    fireEvent.keyDown(pad, { key: 'ArrowDown', shiftKey: true });
    removeEventListener('keydown', shortcut);
    expect([value(140, 140), value(159, 140), value(159, 159)]).toEqual([0xca, 0xca, 0]);
    expect(shortcut).not.toHaveBeenCalled();
  });
});

describe('PadTools', () => {
  test('Undo, Mirror and Clear wait for a drawing', () => {
    const { pad, value } = setUp();
    const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
    expect(['Undo a stroke', 'Mirror', 'Clear the pad'].map((name) => button(name).disabled)).toEqual([
      true,
      true,
      true,
    ]);
    fireEvent.pointerDown(pad, { clientX: 30, clientY: 60, button: 0 });
    fireEvent.click(button('Mirror'));
    expect([value(40, 80), value(239, 80)]).toEqual([0, 0xca]);
    fireEvent.click(button('Clear the pad'));
    expect(button('Mirror').disabled).toBe(true);
    fireEvent.click(button('Undo a stroke'));
    expect(value(239, 80)).toBe(0xca);
  });

  test('tool and shade decide what a press does', () => {
    const { pad, value } = setUp();
    fireEvent.click(screen.getByRole('button', { name: 'Fill' }));
    fireEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    fireEvent.pointerDown(pad, { clientX: 30, clientY: 60, button: 0 });
    expect([value(0, 0), value(279, 279)]).toEqual([0x4a, 0x4a]);
    expect(screen.getByRole('button', { pressed: true }).getAttribute('aria-label')).toBe('Fill');
  });
});

describe('keys of the pad', () => {
  const pressed = () => screen.getByRole('button', { pressed: true }).getAttribute('aria-label');
  const width = () => screen.getByLabelText('Brush size').getAttribute('aria-valuetext');

  test('B, E and F take a tool in hand, on the pad and on its tools', () => {
    const { pad } = setUp();
    fireEvent.keyDown(pad, { key: 'e' });
    expect(pressed()).toBe('Eraser');
    fireEvent.keyDown(screen.getByRole('radio', { name: 'Dark' }), { key: 'f' });
    expect(pressed()).toBe('Fill');
    fireEvent.keyDown(screen.getByRole('button', { name: 'Fill' }), { key: 'B' });
    expect(pressed()).toBe('Brush');
  });

  test('brackets make the brush narrower and wider, within its bounds and on every layout', () => {
    const { pad } = setUp();
    expect(width()).toBe('16 pixels');
    fireEvent.keyDown(pad, { key: ']' });
    expect(width()).toBe('20 pixels');
    for (let i = 0; i < 9; i++) fireEvent.keyDown(screen.getByLabelText('Brush size'), { key: '[' });
    expect(width()).toBe('4 pixels');
    fireEvent.keyDown(pad, { key: ']', ctrlKey: true, altKey: true });
    expect(width()).toBe('8 pixels');
    for (let i = 0; i < 9; i++) fireEvent.keyDown(pad, { key: ']', altKey: true });
    expect(width()).toBe('40 pixels');
  });

  test('M mirrors the drawing, and Ctrl Z takes that back without undoing what the page has to undo', () => {
    const { pad, value } = setUp();
    fireEvent.pointerDown(pad, { clientX: 30, clientY: 60, button: 0 });
    fireEvent.keyDown(pad, { key: 'm' });
    expect([value(40, 80), value(239, 80)]).toEqual([0, 0xca]);
    expect(fireEvent.keyDown(pad, { key: 'z', ctrlKey: true })).toBe(false);
    expect([value(40, 80), value(239, 80)]).toEqual([0xca, 0]);
  });

  test('without single keys letters and brackets go on to whoever wants them, and Ctrl Z stays', () => {
    const { pad, value } = setUp(false);
    fireEvent.pointerDown(pad, { clientX: 30, clientY: 60, button: 0 });
    expect(fireEvent.keyDown(pad, { key: 'e' })).toBe(true);
    fireEvent.keyDown(pad, { key: 'm' });
    fireEvent.keyDown(pad, { key: ']' });
    expect([pressed(), width(), value(40, 80)]).toEqual(['Brush', '16 pixels', 0xca]);
    fireEvent.keyDown(pad, { key: 'z', ctrlKey: true });
    expect(value(40, 80)).toBe(0);
  });
});

test('each class has an outline to start from', () => {
  const heard = vi.fn();
  render(<Outlines classes={['T-shirt/top', 'Trouser']} outlines={['M1 1h2', 'M2 2h2']} onChoose={heard} />);
  fireEvent.click(screen.getByRole('button', { name: 'Outline: Trouser' }));
  expect(heard.mock.calls).toEqual([['M2 2h2']]);
});

test('the outlines are one stop of the Tab key, and arrow keys go from one to the next', () => {
  const [classes, outlines] = [
    ['T-shirt/top', 'Trouser', 'Pullover'],
    ['M1 1h2', 'M2 2h2', 'M3 3h2'],
  ];
  render(<Outlines classes={classes} outlines={outlines} onChoose={() => undefined} />);
  const buttons = screen.getAllByRole('button');
  const stops = () => buttons.map(({ tabIndex }) => tabIndex);
  expect(stops()).toEqual([0, -1, -1]);
  buttons[0]?.focus();
  fireEvent.keyDown(buttons[0] ?? document.body, { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(buttons[2]);
  expect(stops()).toEqual([-1, -1, 0]);
});
