/** One choice of a segmented switch or of a select. */
export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
}
