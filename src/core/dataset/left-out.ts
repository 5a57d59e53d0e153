/** Something in the files that is not in the data set. */
export interface LeftOut {
  /** Such as `cats/notes.txt` or `row 17`. */
  readonly what: string;
  /** Why, as the end of a sentence: `is not a picture that browsers can read`. */
  readonly why: string;
}
