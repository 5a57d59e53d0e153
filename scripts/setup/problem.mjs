/** Something the user has to put right, told in one or two sentences. The command prints it without a stack. */
export class Problem extends Error {
  /** @override */
  name = 'Problem';
}

/**
 * Runs a command to its end. A Problem is printed and ends the process with code 1; any other error keeps its stack.
 *
 * @param {() => Promise<void>} command
 * @returns {Promise<void>}
 */
export async function runCommand(command) {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
