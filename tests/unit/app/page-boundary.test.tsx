import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageBoundary } from '../../../src/app/PageBoundary.tsx';
import { press } from '../support/panel-lab.tsx';

let fault: string | null;
beforeEach(() => {
  fault = null;
  // React says in the console what was caught.
  vi.spyOn(console, 'error').mockReturnValue(undefined);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Part() {
  if (fault !== null) throw new TypeError(fault);
  return <p>the page</p>;
}

const show = () =>
  render(
    <PageBoundary>
      <Part />
    </PageBoundary>,
  );

test('shows the page', () => {
  show();
  expect(screen.getByText('the page')).toBeTruthy();
});

test('says that a part could not be shown, and leads back to the page', () => {
  fault = 'x is not a function';
  show();
  const alert = screen.getByRole('alert').textContent;
  expect(alert).toContain('A part of the page could not be shown. Training continues meanwhile.');
  expect(alert).toContain(fault);
  fault = null;
  press('Back to the page');
  expect(screen.getByText('the page')).toBeTruthy();
});
