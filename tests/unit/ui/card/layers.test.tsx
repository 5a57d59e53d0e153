import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { LayerBody } from '../../../../src/ui/card/LayerBody.tsx';
import { LayerCard, LayerRow } from '../../../../src/ui/card/LayerCard.tsx';
import { LayerHint, LayerWarning } from '../../../../src/ui/card/LayerProblem.tsx';
import { StackRow } from '../../../../src/ui/card/SkipLines.tsx';

afterEach(cleanup);

describe('LayerBody', () => {
  test('sets the results of its sums in bold, and only those', () => {
    const { container } = render(
      <LayerBody
        sums={[
          { label: 'Output', lines: ['(28 − 3)/1 + 1 = 26', '32 filters give 32 channels', '64 = 8 × 8 × 1 = 64'] },
          { label: 'Parameters', lines: ['4 × 32 = 128, 64 of them not trained'] },
        ]}
      >
        fields
      </LayerBody>,
    );
    expect([...container.querySelectorAll('b')].map((bold) => bold.textContent)).toEqual(['26', '64', '128']);
    expect([...container.querySelectorAll('dd')].map((line) => line.textContent)).toEqual([
      '(28 − 3)/1 + 1 = 26',
      '32 filters give 32 channels',
      '64 = 8 × 8 × 1 = 64',
      '4 × 32 = 128, 64 of them not trained',
    ]);
  });
});

describe('a warning', () => {
  test('does not interrupt a reader, and offers its ways out', () => {
    const fixed = vi.fn();
    render(<LayerWarning message="Nothing is dropped." fixes={[{ label: 'Use 0.25', onPress: fixed }]} />);
    expect(screen.queryByRole('alert')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Use 0.25' }));
    expect(fixed).toHaveBeenCalledTimes(1);
  });

  test('on a closed card is one line that opens it', () => {
    const opened = vi.fn();
    render(<LayerHint message="Nothing is dropped." onOpen={opened} />);
    fireEvent.click(screen.getByRole('button', { name: 'Nothing is dropped.' }));
    expect(opened).toHaveBeenCalledTimes(1);
  });
});

test('in a stack that is one stop for Tab, the tools of a row are none', () => {
  const tools = [{ icon: 'trash', label: 'Delete', onPress: vi.fn() }] as const;
  render(
    <LayerCard name="Conv2D 1" tone="conv">
      <LayerRow name="Conv2D" output={{ kind: 'waiting' }} tools={tools} tabIndex={0} onToggle={vi.fn()} />
    </LayerCard>,
  );
  expect(screen.getByRole('button', { name: /Conv2D/ }).tabIndex).toBe(0);
  expect(screen.getByRole('button', { name: 'Delete' }).tabIndex).toBe(-1);
});

describe('StackRow', () => {
  const lines = (container: HTMLElement) => [...container.querySelectorAll<HTMLElement>('.skip-line')];

  test('makes room for the lines left of its card', () => {
    const { container } = render(
      <StackRow lanes={2} pieces={[{ lane: 1, part: 'end', startLanes: 1, block: 'add-1' }]}>
        card
      </StackRow>,
    );
    expect(container.querySelector<HTMLElement>('.stack-row')?.style.paddingLeft).toBe('30px');
    // From the line at 6 + 10 to the edge of the card at 30.
    expect(lines(container).map(({ style }) => [style.left, style.width])).toEqual([['16px', '14px']]);
  });

  test('a line that starts here begins at the wire of the card above', () => {
    const { container } = render(
      <StackRow lanes={1} pieces={[{ lane: 0, part: 'start', startLanes: 0, block: 'add-1', label: 'skip' }]}>
        card
      </StackRow>,
    );
    expect(lines(container).map(({ style }) => [style.left, style.width])).toEqual([['6px', '15px']]);
    expect(screen.getByText('skip')).toBeTruthy();
  });
});
