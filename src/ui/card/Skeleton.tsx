import './skeleton.css';

/** A placeholder for a figure that is still unknown. Sizes are CSS pixels, or any CSS length. */
export function Skeleton({
  width,
  height = 12,
}: {
  readonly width: number | string;
  readonly height?: number | string;
}) {
  return <span className="sk" style={{ width, height }} aria-hidden="true" />;
}
