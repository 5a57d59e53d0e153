/** Files that no data set can be made of. The message is for whoever opened them: it says what is wrong, and what to change. */
export class RefusedFiles extends Error {
  override readonly name = 'RefusedFiles';
}
