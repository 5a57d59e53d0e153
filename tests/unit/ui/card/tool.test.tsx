import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { MissingToolNotice } from '../../../../src/ui/card/MissingToolNotice.tsx';
import { withTool } from '../../../../src/ui/card/tool.ts';

HTMLDialogElement.prototype.showModal = vi.fn();

afterEach(cleanup);

const dialog = () => screen.queryByText('What this needs could not be loaded.');
const press = (name: string) => fireEvent.click(screen.getByText(name));

test('code that is here is used, and nothing is said', async () => {
  render(<MissingToolNotice />);
  const use = vi.fn();
  await withTool(async () => 'a tool', use);
  expect(use).toHaveBeenCalledExactlyOnceWith('a tool');
  expect(dialog()).toBeNull();
});

test('code that cannot be fetched is told, and what was asked for is done once it is here', async () => {
  render(<MissingToolNotice />);
  const use = vi.fn();
  const load = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new TypeError())
    .mockRejectedValueOnce(new TypeError());
  await withTool(load.mockResolvedValue('a tool'), use);
  expect(await screen.findByText('What this needs could not be loaded.')).toBeDefined();
  press('Try again');
  expect(await screen.findByText('Tried 2 times.')).toBeDefined();
  expect(use).not.toHaveBeenCalled();
  press('Try again');
  await waitFor(() => expect(use).toHaveBeenCalledExactlyOnceWith('a tool'));
  expect(dialog()).toBeNull();
});

test('the notice can be closed', async () => {
  render(<MissingToolNotice />);
  const use = vi.fn();
  await withTool(() => Promise.reject(new TypeError()), use);
  await screen.findByText('What this needs could not be loaded.');
  press('Close');
  expect(dialog()).toBeNull();
  expect(use).not.toHaveBeenCalled();
});

test('what goes wrong in the use of it is not taken for missing code', async () => {
  render(<MissingToolNotice />);
  const failing = withTool(
    async () => 'a tool',
    () => Promise.reject(new Error('no room')),
  );
  await expect(failing).rejects.toThrow('no room');
  expect(dialog()).toBeNull();
});
