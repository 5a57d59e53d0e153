/** An error as it crosses the thread. */
export interface ErrorReport {
  readonly name: string;
  /** What happened, what it means, what to do. */
  readonly message: string;
  readonly stack: string | null;
  /** Bytes of memory that there were for training, where it needed more; infinite where that is not known. */
  readonly availableBytes?: number;
  /** Then also the largest power of two with which it has room, null where there is none; left out where that is not planned. */
  readonly fittingBatch?: number | null;
}
