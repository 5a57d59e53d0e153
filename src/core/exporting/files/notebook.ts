/** A Python program as a Jupyter notebook, form 4.5: `about` in Markdown, and a cell for each part of the program. */
export function notebookOf(program: string, about: string, packages: string): string {
  const install = `# If packages are missing, remove the # from the next line.\n# %pip install ${packages}`;
  const cells = [
    { cell_type: 'markdown', id: 'about', metadata: {}, source: about },
    ...[install, ...partsOf(program)].map((source, i) => ({
      cell_type: 'code',
      id: `part-${i}`,
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
  ];
  const metadata = {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    language_info: { name: 'python' },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** The parts of a program: it begins anew where an empty line is followed by one that is not indented. */
function partsOf(program: string): readonly string[] {
  return program
    .trim()
    .split(/\n\n+(?=\S)/)
    .map((part) => part.trimEnd());
}
