import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { LayerCard, LayerRow } from '../../../../src/ui/card/LayerCard.tsx';
import { LayerError } from '../../../../src/ui/card/LayerProblem.tsx';
import { ProgressTape } from '../../../../src/ui/card/ProgressTape.tsx';
import { StatusChip } from '../../../../src/ui/card/StatusChip.tsx';
import { Button } from '../../../../src/ui/form/Button.tsx';
import { Slider } from '../../../../src/ui/form/Slider.tsx';
import { TabPanel, Tabs } from '../../../../src/ui/form/Tabs.tsx';
import { Chip, Segmented, Switch } from '../../../../src/ui/form/Toggle.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('Button', () => {
  test('the shortcut stays out of the name', () => {
    render(<Button kbd="Space">Train</Button>);
    expect(screen.getByRole('button', { name: 'Train' }).getAttribute('aria-keyshortcuts')).toBe('Space');
  });

  test('a button keeps the focus when it is not blocked any more', () => {
    const { rerender } = render(<Button blocked="This is the first one">Previous</Button>);
    const button = screen.getByRole('button', { name: 'Previous' });
    button.focus();
    rerender(<Button blocked={undefined}>Previous</Button>);
    expect(document.activeElement).toBe(button);
    expect(button.hasAttribute('aria-disabled')).toBe(false);
  });

  test('a blocked button says why, stays focusable and does nothing', () => {
    const pressed = vi.fn();
    render(
      <Button blocked="Fix 1 layer first." onClick={pressed}>
        Train
      </Button>,
    );
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Train' });
    fireEvent.click(button);
    expect(pressed).not.toHaveBeenCalled();
    expect(button.disabled).toBe(false);
    expect(button.getAttribute('aria-description')).toBe('Fix 1 layer first.');
  });

  test('the tip of a blocked icon button has its label and why it cannot be used', () => {
    vi.useFakeTimers();
    render(<Button icon="trash" label="Delete run 1" blocked="this run is on the charts." />);
    const button = screen.getByRole('button', { name: 'Delete run 1' });
    fireEvent.pointerEnter(button.parentElement ?? button);
    act(() => vi.advanceTimersByTime(1000));
    expect(screen.getByText('Delete run 1: this run is on the charts.')).toBeTruthy();
  });

  test('an icon button has its label as its name, and as a tip on hover', () => {
    vi.useFakeTimers();
    render(<Button icon="undo" label="Undo: insert Conv2D" />);
    const button = screen.getByRole('button', { name: 'Undo: insert Conv2D' });
    fireEvent.pointerEnter(button.parentElement ?? button);
    act(() => vi.advanceTimersByTime(400));
    expect(document.querySelector('.tip')?.textContent).toBe('Undo: insert Conv2D');
    fireEvent.keyDown(button, { key: 'Escape' });
    expect(document.querySelector('.tip')).toBeNull();
  });
});

describe('toggles', () => {
  test('a chip hands over its next state', () => {
    const heard = vi.fn();
    render(
      <Chip on onChange={heard}>
        Flip
      </Chip>,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Flip', pressed: true }));
    expect(heard.mock.calls).toEqual([[false]]);
  });

  test('a switch hands over its next state', () => {
    const heard = vi.fn();
    render(
      <Switch on={false} onChange={heard}>
        Log loss
      </Switch>,
    );
    fireEvent.click(screen.getByRole('switch', { name: 'Log loss', checked: false }));
    expect(heard.mock.calls).toEqual([[true]]);
  });

  test('a segmented switch is a group of radio buttons', () => {
    const heard = vi.fn();
    const choices = [
      { value: 1, label: 'Counts' },
      { value: 2, label: 'Row %' },
    ];
    render(<Segmented label="Cells show" choices={choices} value={1} onChange={heard} />);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Counts' }).checked).toBe(true);
    fireEvent.click(screen.getByRole('radio', { name: 'Row %' }));
    expect(heard.mock.calls).toEqual([[2]]);
  });
});

describe('Slider', () => {
  test('arrow keys move a hundredth of the scale, a tenth with Shift', () => {
    const heard = vi.fn();
    render(<Slider label="Smoothing" scale={{ kind: 'linear', min: 0, max: 1 }} value={0.5} onChange={heard} />);
    const slider = screen.getByRole('slider', { name: 'Smoothing' });
    fireEvent.keyDown(slider, { key: 'ArrowRight' });
    fireEvent.keyDown(slider, { key: 'ArrowDown', shiftKey: true });
    expect(heard.mock.calls).toEqual([[0.51], [0.4]]);
  });
});

function Results() {
  const [tab, setTab] = useState('draw');
  const tabs = ['Draw', 'Confusion', 'Report'].map((label) => ({ id: label.toLowerCase(), label }));
  return (
    <>
      <Tabs label="Results" name="results" tabs={tabs} selected={tab} onSelect={setTab} />
      <TabPanel name="results" id={tab}>
        {`panel of ${tab}`}
      </TabPanel>
    </>
  );
}

describe('Tabs', () => {
  test('only the selected tab is a stop, and it names its panel', () => {
    render(<Results />);
    expect(screen.getAllByRole('tab').map((tab) => tab.tabIndex)).toEqual([0, -1, -1]);
    expect(screen.getByRole('tabpanel', { name: 'Draw' }).textContent).toBe('panel of draw');
  });

  test('arrow keys select and take the focus along', () => {
    render(<Results />);
    fireEvent.keyDown(screen.getByRole('tab', { name: 'Draw' }), { key: 'ArrowLeft' });
    const report = screen.getByRole('tab', { name: 'Report', selected: true });
    expect(document.activeElement).toBe(report);
    expect(report.getAttribute('aria-controls')).toBe(screen.getByRole('tabpanel', { name: 'Report' }).id);
  });
});

describe('LayerCard', () => {
  test('is a group named by its layer, whose row opens it', () => {
    const toggled = vi.fn();
    render(
      <LayerCard name="Conv2D 2" tone="conv">
        <LayerRow
          name="Conv2D"
          summary="32 · 3×3"
          output={{ kind: 'shape', shape: '28×28×32', parameters: '320' }}
          onToggle={toggled}
        />
      </LayerCard>,
    );
    expect(screen.getByRole('group', { name: 'Conv2D 2' }).className).toBe('layer k-conv');
    const row = screen.getByRole('button', { name: 'Conv2D 32 · 3×3 28×28×32 320', expanded: false });
    fireEvent.click(row);
    expect(toggled).toHaveBeenCalledTimes(1);
  });

  test('its tools and its fixes are named buttons', () => {
    const removed = vi.fn();
    const fixed = vi.fn();
    const tools = [{ icon: 'trash', label: 'Delete', onPress: removed }] as const;
    render(
      <LayerCard name="Conv2D 2" tone="conv" invalid>
        <LayerRow name="Conv2D" output={{ kind: 'none' }} tools={tools} />
        <LayerError message="(3 − 5)/1 + 1 < 1." fixes={[{ label: 'Use 3×3', onPress: fixed }]} />
      </LayerCard>,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    fireEvent.click(screen.getByRole('button', { name: 'Use 3×3' }));
    expect([removed.mock.calls.length, fixed.mock.calls.length]).toEqual([1, 1]);
    expect(screen.getByRole('alert').textContent).toContain('(3 − 5)/1 + 1 < 1.');
  });
});

describe('progress', () => {
  test('the tape says how many epochs are done', () => {
    render(<ProgressTape epochs={15} done={12.4163} />);
    const tape = screen.getByRole('progressbar', { name: 'Training progress' });
    expect([tape.getAttribute('aria-valuenow'), tape.getAttribute('aria-valuemax')]).toEqual(['12.42', '15']);
    expect(tape.style.getPropertyValue('--n')).toBe('15');
  });

  test('a long tape has a tick for every five epochs', () => {
    render(<ProgressTape epochs={200} done={0} />);
    expect(screen.getByRole('progressbar').style.getPropertyValue('--n')).toBe('40');
  });

  test('a status is a button only when it leads somewhere', () => {
    render(<StatusChip icon="chip" title="WebGL" detail="· Apple M2" />);
    expect(screen.queryByRole('button')).toBeNull();
    cleanup();
    render(<StatusChip icon="chip" title="WebGL" detail="· Apple M2" onClick={() => {}} />);
    expect(screen.getByRole('button', { name: 'WebGL · Apple M2' }).className).toBe('stat');
  });
});
