import { IMAGE_OF, IMAGE_TEXELS, IMAGES_PER_ROW } from '../image-texture.ts';
import type { Kernel } from '../kernel.ts';
import { extentOf, type ImageLayout } from '../layout.ts';
import { VARIED_GRAY } from './varied-gray.ts';

/** GLSL: four neighbouring pixels of image n of the batch, scaled to 0 ... 1. */
const PIXELS_OF = `
${IMAGE_OF}
vec4 pixelsOf(int n, int texel) {
  int image = imageOf(n);
  return texelFetch(pixels, ivec3(image % ${IMAGES_PER_ROW} * ${IMAGE_TEXELS} + texel, image / ${IMAGES_PER_ROW}, 0), 0);
}`;

/**
 * Reads a batch from the texture of all images: those from place `place.x` on in an order with `place.y` places.
 *
 * pixels: the store, order: positions -> `images` [batch, 28, 28, 1] or `images` [batch, 784]
 */
export function gather(images: ImageLayout): Kernel {
  const { width, height } = extentOf(images);
  const flat = 'o0 = pixelsOf(frag.y, frag.x);';
  const image = `vec4 four = pixelsOf(frag.y / ${images.height}, (frag.y % ${images.height} * ${images.width} + frag.x) / 4);
  o0 = vec4(four[frag.x % 4], 0.0, 0.0, 0.0);`;
  const body = `${PIXELS_OF}
void main() {
  ${images.channels === 1 ? image : flat}
}`;
  return { name: 'gather', body, inputs: { pixels: 'rgba8', order: 'r32ui' }, targets: 1, width, height };
}

/** As `gather`, with each image augmented. */
export function gatherVaried(images: ImageLayout): Kernel {
  const { width, height } = extentOf(images);
  const four = [0, 1, 2, 3].map((j) => `variedGray(frag.y, (first + ${j}) % 28, (first + ${j}) / 28)`).join(', ');
  const flat = `int first = 4 * frag.x;
  o0 = vec4(${four});`;
  const image = `o0 = vec4(variedGray(frag.y / ${images.height}, frag.x, frag.y % ${images.height}), 0.0, 0.0, 0.0);`;
  const body = `${PIXELS_OF}
uniform uvec3 variation;
uniform uvec3 wholes;
uniform float angleRange;
uniform float scaleRange;
uniform float brightnessRange;
float grayAt(int n, int x, int y) {
  int pixel = 28 * y + x;
  return pixelsOf(n, pixel / 4)[pixel % 4];
}
${VARIED_GRAY}
void main() {
  ${images.channels === 1 ? image : flat}
}`;
  return { name: 'gather varied', body, inputs: { pixels: 'rgba8', order: 'r32ui' }, targets: 1, width, height };
}
