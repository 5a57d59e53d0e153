import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { type Picture, pictureOf } from '../../../../src/core/imaging/picture.ts';
import type { PhotoPipeline } from '../../../../src/datasets/shipped-dataset.ts';
import { PhotoDialog } from '../../../../src/features/drawing/PhotoDialog.tsx';

const PHOTO = pictureOf({ width: 100, height: 50 }, () => [9, 9, 9]);

afterEach(cleanup);

/** The dialog, and the pictures that it asked the pipeline for. */
function setUp(background: 'plain' | 'removed' = 'plain') {
  const seen: { readonly picture: Picture; readonly keepBackground: boolean | undefined }[] = [];
  const pipeline: PhotoPipeline = {
    origin: 'A pipeline for the test.',
    imageOf: (picture, choices) => {
      seen.push({ picture, keepBackground: choices?.keepBackground });
      return { steps: [], pixels: new Uint8Array(784), negated: false, background };
    },
  };
  const size = { width: 28, height: 28 };
  render(
    <PhotoDialog pipeline={pipeline} size={size} subject="garment" photo={PHOTO} onUse={vi.fn()} onClose={vi.fn()} />,
  );
  const last = () => seen.at(-1);
  const extent = () => [last()?.picture.width, last()?.picture.height];
  return { last, extent };
}

test('a photo is turned to either side', () => {
  const { extent } = setUp();
  expect(extent()).toEqual([100, 50]);
  fireEvent.click(screen.getByRole('button', { name: 'Turn right' }));
  expect(extent()).toEqual([50, 100]);
  fireEvent.click(screen.getByRole('button', { name: 'Turn left' }));
  expect(extent()).toEqual([100, 50]);
});

test('a frame that is dragged keeps a part of the photo, and keys change it', () => {
  const { extent } = setUp();
  const frame = screen.getByLabelText('Part of the photo that is kept');
  vi.spyOn(frame, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 200, 100));
  fireEvent.pointerDown(frame, { clientX: 20, clientY: 20 });
  fireEvent.pointerMove(frame, { clientX: 120, clientY: 80 });
  fireEvent.pointerUp(frame);
  expect(extent()).toEqual([50, 30]);
  fireEvent.keyDown(frame, { key: 'ArrowRight', shiftKey: true });
  expect(extent()).toEqual([52, 30]);
  fireEvent.keyDown(frame, { key: 'ArrowDown' });
  expect(extent()).toEqual([52, 30]);
  fireEvent.click(screen.getByRole('button', { name: 'Whole photo' }));
  expect(extent()).toEqual([100, 50]);
});

test('a background that was removed can be kept', () => {
  const { last } = setUp('removed');
  fireEvent.click(screen.getByRole('switch', { name: 'Remove the background' }));
  expect(last()?.keepBackground).toBe(true);
});

test('a plain background stays, and can be removed', () => {
  const { last } = setUp('plain');
  const remove = screen.getByRole('switch', { name: 'Remove the background' });
  expect([remove.getAttribute('aria-checked'), last()?.keepBackground]).toEqual(['false', undefined]);
  fireEvent.click(remove);
  expect([remove.getAttribute('aria-checked'), last()?.keepBackground]).toEqual(['true', false]);
});
