import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { PixelImage } from '../../../../src/ui/image/PixelImage.tsx';

afterEach(cleanup);

const SIZE = { height: 2, width: 3, channels: 1 };

test('an image is a picture with the name of its class', () => {
  render(<PixelImage pixels={new Uint8Array(6)} size={SIZE} label="boot" />);
  expect(screen.getByRole('img', { name: 'boot' }).tagName).toBe('CANVAS');
});

test.each([undefined, new Uint8Array(5), new Uint8Array(18)])(
  'without pixels of its size it is loading: those of the data set before do not fit',
  (pixels) => {
    render(<PixelImage pixels={pixels} size={SIZE} label="boot" />);
    expect(screen.getByRole('img', { name: 'boot, loading' }).tagName).toBe('SPAN');
  },
);
