import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useRef, useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Splitter } from '../../../../src/ui/form/Splitter.tsx';

function Parts() {
  const below = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState<number | null>(120);
  return (
    <>
      <Splitter label="Charts and runs" below={below} height={height} least={84} onHeight={setHeight} />
      <div ref={below}>{height ?? 'as its contents want'}</div>
    </>
  );
}

const splitter = () => screen.getByRole('separator', { name: 'Charts and runs' });
const shown = () => splitter().nextElementSibling?.textContent;

beforeEach(() => {
  const container = document.body.appendChild(document.createElement('div'));
  Object.defineProperty(container, 'clientHeight', { value: 400 });
  render(<Parts />, { container });
});
afterEach(cleanup);

test('the keys move it, as far as the least height, and Enter lets go of it', () => {
  expect(splitter().getAttribute('aria-valuenow')).toBe('120');
  fireEvent.keyDown(splitter(), { key: 'ArrowDown' });
  expect(shown()).toBe('104');
  fireEvent.keyDown(splitter(), { key: 'End' });
  expect(shown()).toBe('84');
  fireEvent.keyDown(splitter(), { key: 'ArrowDown' });
  expect(shown()).toBe('84');
  fireEvent.keyDown(splitter(), { key: 'Enter' });
  expect(shown()).toBe('as its contents want');
});
