/** What the student looks at inside the network. */
export interface Looking {
  /** Null while nothing was chosen: the drawing where there is one. */
  readonly source: 'drawing' | 'test' | null;
  /** Which sample of the test set. */
  readonly place: number;
  /** The layer whose values show; null while none was chosen. */
  readonly layerId: string | null;
}

/** Before anything was chosen. */
export const NOT_LOOKED: Looking = { source: null, place: 0, layerId: null };
