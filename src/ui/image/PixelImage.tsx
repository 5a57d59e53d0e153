import { type ComponentProps, useLayoutEffect, useRef } from 'react';
import { classNames } from '../base/class-names.ts';
import { IMAGE_SIDE, paintGray } from './pixels.ts';
import './pixel-image.css';
import '../card/skeleton.css';

/** Props of {@link PixelImage}. */
export interface PixelImageProps {
  /** Gray values [28, 28], 0 as black; a skeleton is shown while there are none. */
  readonly pixels: ArrayLike<number> | undefined;
  /** What the image shows, as `Shirt`. */
  readonly label: string;
  readonly className?: string | undefined;
}

/** One image of the data set, or one drawn like them, with its pixels as they are stored. */
export function PixelImage({ pixels, label, className }: PixelImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && pixels) paintGray(context, pixels, IMAGE_SIDE);
  }, [pixels]);
  if (!pixels)
    return <span className={classNames('tile sk', className)} role="img" aria-label={`${label}, on its way`} />;
  return (
    <canvas
      ref={canvas}
      className={classNames('tile', className)}
      width={IMAGE_SIDE}
      height={IMAGE_SIDE}
      role="img"
      aria-label={label}
    />
  );
}

/** Props of {@link PixelButton}; what a native button takes is passed on. */
export interface PixelButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  readonly pixels: ArrayLike<number> | undefined;
  readonly label: string;
}

/** An image that can be chosen. */
export function PixelButton({ pixels, label, ...rest }: PixelButtonProps) {
  return (
    <button {...rest} type="button" className="tile-press">
      <PixelImage pixels={pixels} label={label} />
    </button>
  );
}
