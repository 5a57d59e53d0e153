import fontAddress from '../base/fonts/Inter-subset.woff2?url';
import { newCanvas } from '../base/new-canvas.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Room for the name of the chart and its legend, in CSS pixels. */
const HEAD = 30;
const PAD = 12;

/**
 * The properties that the stylesheet sets on a shape. A saved file has no stylesheet, so they become attributes of its
 * shapes.
 */
const PAINT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/** The chart in a `.plot` element as an SVG file that looks the same anywhere: colours, words and font included. */
export async function chartSvg(plot: Element, title: string): Promise<string> {
  const { width, height } = plot.getBoundingClientRect();
  const root = element('svg', { xmlns: SVG, width: width + 2 * PAD, height: height + HEAD + PAD });
  root.setAttribute('font-family', 'Inter, system-ui, sans-serif');
  root.append(await fontStyle(), background(plot), ...heading(plot, title, width));
  const body = element('g', { transform: `translate(${PAD} ${HEAD})` });
  for (const layer of plot.querySelectorAll(':scope > svg, :scope > .recharts-wrapper > svg'))
    body.append(painted(layer));
  root.append(body);
  return new XMLSerializer().serializeToString(root);
}

/** An SVG file as a PNG file of `scale` pixels for each of its own. Rejects with a sentence where the browser cannot draw it. */
export async function pngOf(svg: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = newCanvas(image.width * scale, image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error('The browser could not make a picture of the chart. Try a smaller window.');
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  return made;
}

/** A copy of a drawing in which every shape has its paint as attributes. */
function painted(source: Element): Element {
  const copy = source.cloneNode(false);
  if (!(copy instanceof Element)) throw new TypeError('The copy of an element is an element.');
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  if (source instanceof SVGGraphicsElement || source instanceof SVGPatternElement) {
    const style = getComputedStyle(source);
    // The computed style puts the page's address before the name of a pattern.
    for (const name of PAINT)
      copy.setAttribute(name, style.getPropertyValue(name).replace(/url\("?[^"#)]*(#[^")]+)"?\)/, 'url($1)'));
  }
  copy.append(
    ...[...source.childNodes].map((child) => (child instanceof Element ? painted(child) : child.cloneNode())),
  );
  return copy;
}

function background(plot: Element): SVGElement {
  return element('rect', { width: '100%', height: '100%', fill: token(plot, '--surface') });
}

function heading(plot: Element, title: string, width: number): readonly SVGElement[] {
  const words = [
    { text: title, fill: '--ink', at: PAD, anchor: 'start', weight: 620 },
    { text: 'training', fill: '--train-text', at: width - 64, anchor: 'end', weight: 520 },
    { text: 'validation', fill: '--val-text', at: width, anchor: 'end', weight: 520 },
  ];
  return words.map(({ text, fill, at, anchor, weight }) => {
    const line = element('text', { x: at, y: 19, fill: token(plot, fill), 'text-anchor': anchor, 'font-size': 12 });
    line.setAttribute('font-weight', String(weight));
    line.textContent = text;
    return line;
  });
}

function token(from: Element, name: string): string {
  return getComputedStyle(from).getPropertyValue(name).trim();
}

/** The font itself, embedded: an image file cannot use the page's fonts. */
async function fontStyle(): Promise<SVGElement> {
  const response = await fetch(fontAddress);
  const style = element('style', {});
  if (!response.ok) return style;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  style.textContent = `@font-face{font-family:Inter;font-weight:100 900;src:url(data:font/woff2;base64,${base64}) format("woff2")}`;
  return style;
}
