/** A file of so many rows: two numbers, one with holes, a category, and an answer that follows from them. */
export function tableFile(rows: number): { name: string; mimeType: string; buffer: Buffer } {
  const lines = ['day;warmth;pressure;sky;rain'];
  for (let i = 0; i < rows; i++) {
    const [warmth, pressure] = [(i * 7919) % 400, (i * 104_729) % 900];
    const sky = ['clear', 'cloudy', 'fog'][(i * 31) % 3] ?? '';
    const rain = warmth < 200 && sky !== 'clear' ? 'yes' : 'no';
    lines.push(
      `2020-${1 + (i % 12)}-${1 + (i % 28)};${warmth / 10};${i % 50 === 7 ? 'NA' : 950 + pressure / 10};${sky};${rain}`,
    );
  }
  return { name: 'my_days.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n').replaceAll('.', ',')) };
}
