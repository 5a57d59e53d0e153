import { cleanup, render, screen } from '@testing-library/react';
import { act } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { part } from '../../../../src/ui/card/part.tsx';
import { press } from '../../support/panel-lab.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

interface WordProps {
  readonly word: string;
  readonly onClose?: () => void;
}

const Word = ({ word }: WordProps) => <p>{word}</p>;

/** A network that may be gone. */
class Network {
  isThere = true;
  fetched = 0;

  readonly load = async () => {
    this.fetched++;
    if (!this.isThere) throw new TypeError('Failed to fetch dynamically imported module');
    return Word;
  };
}

test('a part is fetched once, when it is first shown, and is there at once from then on', async () => {
  const network = new Network();
  const Part = part(network.load, { meanwhile: () => <p>wait</p> });
  expect(network.fetched).toBe(0);
  render(<Part word="one" />);
  expect(screen.getByText('wait')).toBeTruthy();
  await screen.findByText('one');
  render(<Part word="two" />);
  expect(screen.getByText('two')).toBeTruthy();
  expect(network.fetched).toBe(1);
});

test('a part that cannot be fetched says so in its place, and is fetched again when it is asked to', async () => {
  const network = new Network();
  network.isThere = false;
  const Part = part(network.load);
  render(<Part word="one" />);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('This part of the page could not be loaded. The server did not answer');
  press('Try again');
  await screen.findByText('Tried 2 times.');
  network.isThere = true;
  press('Try again');
  await screen.findByText('one');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a part that is missing without a network comes by itself as soon as there is one', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const network = new Network();
  network.isThere = false;
  const Part = part(network.load);
  render(<Part word="one" />);
  expect((await screen.findByRole('alert')).textContent).toContain('This device is offline.');
  network.isThere = true;
  act(() => void dispatchEvent(new Event('online')));
  await screen.findByText('one');
});

test('in place of a dialog comes a dialog, which closes as that one does; of what nobody asked for, nothing', async () => {
  const network = new Network();
  network.isThere = false;
  const onClose = vi.fn();
  const [Dialog, Extra] = [part(network.load, { missing: 'dialog' }), part(network.load, { missing: 'nothing' })];
  render(<Extra word="extra" />);
  render(<Dialog word="one" onClose={onClose} />);
  expect((await screen.findByRole('dialog')).textContent).toContain('could not be loaded');
  expect(screen.getAllByRole('alert')).toHaveLength(1);
  press('Close');
  expect(onClose).toHaveBeenCalledOnce();
});

test('parts that nobody has asked for are fetched each in a task of its own', async () => {
  const tasks: (() => void)[] = [];
  vi.stubGlobal('setTimeout', (task: () => void) => tasks.push(task));
  const networks = [new Network(), new Network(), new Network()];
  for (const { load } of networks) part(load).load();
  const fetched = () => networks.filter((network) => network.fetched === 1).length;
  for (const count of [1, 2, 3]) {
    await act(async () => undefined);
    expect(fetched()).toBe(count - 1);
    expect(tasks).toHaveLength(1);
    tasks.shift()?.();
  }
  await act(async () => undefined);
  expect(fetched()).toBe(3);
});

test('once somebody has used the page, parts are fetched at once', () => {
  vi.stubGlobal('navigator', { ...navigator, userActivation: { hasBeenActive: true } });
  const network = new Network();
  part(network.load).load();
  expect(network.fetched).toBe(1);
});
