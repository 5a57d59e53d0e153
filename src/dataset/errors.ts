/** Everything that can go wrong between the server and the samples. */
export type DatasetErrorCode =
  | 'missing'
  | 'html'
  | 'truncated'
  | 'corrupt'
  | 'server'
  | 'stalled'
  | 'network'
  | 'offline'
  | 'manifest';

/** What to do about a failure that may pass. */
const AGAIN = 'the page tries again every 15 seconds, and at once when you press Retry.';

/** What happened, what it means and what to do, for a student; some sentences include a `detail`. */
const SENTENCES: { readonly [Code in DatasetErrorCode]: (file: string, detail: string) => string } = {
  missing: (file) =>
    `The server does not have ${file}. Press Retry; if that does not help, tell whoever runs this page that the file is missing from its data folder.`,
  html: (file) =>
    `The server sent a web page in place of ${file}: your network wants you to sign in, or the file is missing. Sign in or tell whoever runs this page, then press Retry.`,
  truncated: (file, detail) => `Only ${detail} of ${file} arrived. The connection was probably cut; ${AGAIN}`,
  corrupt: (file, detail) =>
    `${file} arrived damaged: ${detail}. What arrived before it can still be used; press Retry to fetch it again.`,
  server: (file, detail) => `The server answered ${file} with error ${detail}. Wait a moment: ${AGAIN}`,
  stalled: (file, detail) => `No more of ${file} has arrived for ${detail}. Check the network: ${AGAIN}`,
  network: (file) => `The server could not be reached for ${file}. Check the network: ${AGAIN}`,
  offline: (file) =>
    `This device is offline, so ${file} cannot be fetched. What arrived before can still be used. Once you are connected, the page continues by itself; press Retry to continue at once.`,
  manifest: (file, detail) =>
    `${file} does not describe data that this page can read (${detail}). Press Retry; if that does not help, tell whoever runs the page that page and data do not match.`,
};

/** A file of the data set that could not be loaded. Its message is written for a student. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  readonly code: DatasetErrorCode;
  /** The file's name without its folder, such as `train-07.bin`. */
  readonly file: string;

  constructor(code: DatasetErrorCode, file: string, detail = '', options?: ErrorOptions) {
    super(SENTENCES[code](file, detail), options);
    this.code = code;
    this.file = file;
  }
}
