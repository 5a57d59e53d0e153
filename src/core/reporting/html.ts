/** Text for HTML, between tags and in attributes: nothing in it can become a tag. */
export function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A table with a head; cells are text. */
export function tableHtml(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell, i) => (i === 0 ? `<th>${escaped(cell)}</th>` : `<${tag}>${escaped(cell)}</${tag}>`)).join('')}</tr>`;
  return `<table><thead>${line(head, 'th')}</thead><tbody>${rows.map((cells) => line(cells, 'td')).join('')}</tbody></table>`;
}
