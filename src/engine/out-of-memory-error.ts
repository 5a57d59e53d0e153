import { numberText } from '../core/text/number-text.ts';

/** Training needed more memory than the device or the browser gives to the page. */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
  /** Bytes that were there; infinite where that is not known. */
  readonly availableBytes: number;

  constructor(availableBytes: number, options?: ErrorOptions) {
    const room = Number.isFinite(availableBytes)
      ? ` than the ${numberText(Math.round(availableBytes / 2 ** 20))} MB`
      : '';
    super(
      `This page ran out of memory: training this network with this batch needs more${room} that it can have.`,
      options,
    );
    this.availableBytes = availableBytes;
  }
}

/** An error as an OutOfMemoryError, where it is one or says that an array could not be made; null where it is another. */
export function outOfMemory(error: unknown): OutOfMemoryError | null {
  if (error instanceof OutOfMemoryError) return error;
  const isAllocation =
    error instanceof RangeError && /allocation failed|invalid (typed )?array length/i.test(error.message);
  return isAllocation ? new OutOfMemoryError(Number.POSITIVE_INFINITY, { cause: error }) : null;
}
