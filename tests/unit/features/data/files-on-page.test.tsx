import { cleanup } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { FilesOnPage } from '../../../../src/features/data/FilesOnPage.tsx';
import { PanelLab } from '../../support/panel-lab.tsx';

const PICTURE = new File(['x'], 'cat.png', { type: 'image/png' });

/** A picture is dropped or pasted there; what the page has not said no to by then comes to whoever takes files. */
function give(type: 'drop' | 'paste', target: Element = document.body, file = PICTURE): Event {
  const data = { files: [file], items: [{ webkitGetAsEntry: () => null }], types: ['Files'] };
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.defineProperty(event, type === 'drop' ? 'dataTransfer' : 'clipboardData', { value: data });
  target.dispatchEvent(event);
  return event;
}

const onLabFile = vi.fn();

function shown() {
  const onFiles = vi.fn();
  onLabFile.mockClear();
  new PanelLab().show(<FilesOnPage onFiles={onFiles} onLabFile={onLabFile} />);
  return onFiles;
}

/** After every task that is waiting by now. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

test.each(['drop', 'paste'] as const)('a picture of a %s anywhere on the page is taken', async (type) => {
  const onFiles = shown();
  const event = give(type);
  // Or else the browser would show the file in place of the page.
  expect(event.defaultPrevented).toBe(type === 'drop');
  await vi.waitFor(() => expect(onFiles).toHaveBeenCalledOnce());
  expect(await onFiles.mock.calls[0]?.[0]()).toEqual([{ path: 'cat.png', contents: PICTURE }]);
});

test('a picture that the drawing takes, and text that is pasted into a field, stay there', async () => {
  const onFiles = shown();
  const take = (event: Event) => event.preventDefault();
  addEventListener('paste', take);
  give('paste');
  await settled();
  removeEventListener('paste', take);
  const field = document.body.appendChild(document.createElement('input'));
  give('paste', field);
  await settled();
  expect(onFiles).not.toHaveBeenCalled();
});

test('while a dialog is open nothing is taken, and a file that is dropped beside it does not replace the page', async () => {
  const onFiles = shown();
  document.body.appendChild(document.createElement('dialog')).setAttribute('open', '');
  expect(give('drop').defaultPrevented).toBe(true);
  give('paste');
  await settled();
  expect(onFiles).not.toHaveBeenCalled();
});

test('a lab that was saved as a file is opened as one', async () => {
  const onFiles = shown();
  const file = new File(['x'], 'lab.fitting-room');
  give('drop', document.body, file);
  await vi.waitFor(() => expect(onLabFile).toHaveBeenCalledWith(file));
  expect(onFiles).not.toHaveBeenCalled();
});
