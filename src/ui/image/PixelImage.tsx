import { type ComponentProps, type CSSProperties, useLayoutEffect, useRef } from 'react';
import { classNames } from '../base/class-names.ts';
import { type ImageSize, paintImage } from './pixels.ts';
import './pixel-image.css';
import '../card/skeleton.css';

/** Props of {@link PixelImage}. */
export interface PixelImageProps {
  /**
   * Values 0 ... 255 with 0 as black, [height, width, channels]. A skeleton stands in while there are none, or those of another
   * size: they are of the data set that was open before.
   */
  readonly pixels: ArrayLike<number> | undefined;
  /** Null of what is no image: only its name is there then. */
  readonly size: ImageSize | null;
  /** What the image shows, as the name of its class. */
  readonly label: string;
  readonly className?: string | undefined;
}

/** One image of the data set, or one drawn like them, with its pixels as they are stored. */
export function PixelImage({ pixels: given, size, label, className }: PixelImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width, channels } = size ?? NO_SIZE;
  const pixels = given?.length === height * width * channels ? given : undefined;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && pixels) paintImage(context, pixels, { height, width, channels });
  }, [pixels, height, width, channels]);
  if (size === null) return <span className={classNames('tile', className)} role="img" aria-label={label} />;
  const style = ratioOf(size);
  if (!pixels) {
    const name = `${label}, loading`;
    return <span className={classNames('tile sk', className)} style={style} role="img" aria-label={name} />;
  }
  return (
    <canvas
      ref={canvas}
      className={classNames('tile', className)}
      style={style}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    />
  );
}

const NO_SIZE: ImageSize = { height: 0, width: 0, channels: 1 };

/** The shape of a tile, for images that are not square. */
function ratioOf({ height, width }: ImageSize): CSSProperties | undefined {
  return height === width ? undefined : { '--ratio': `${width} / ${height}` };
}

/** Props of {@link PixelButton}; what a native button takes is passed on. */
export interface PixelButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  readonly pixels: ArrayLike<number> | undefined;
  readonly size: ImageSize | null;
  readonly label: string;
}

/** An image that can be chosen. */
export function PixelButton({ pixels, size, label, ...rest }: PixelButtonProps) {
  return (
    <button {...rest} type="button" className="tile-press">
      <PixelImage pixels={pixels} size={size} label={label} />
    </button>
  );
}
