/** Names of software renderers, which draw on the processor. */
const SOFTWARE = ['llvmpipe', 'SwiftShader', 'Microsoft Basic Render Driver'];

/** Whether a renderer, as WebGL names it, draws on the processor. */
export function isSoftware(renderer: string): boolean {
  return SOFTWARE.some((name) => renderer.includes(name));
}

/**
 * The name of the graphics device in a renderer string as WebGL gives it: `Apple M2` out of
 * `ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)`.
 */
export function deviceName(renderer: string): string {
  const software = SOFTWARE.find((name) => renderer.includes(name));
  if (software !== undefined) return software;
  return angleDevice(renderer)
    .replace(/^ANGLE Metal Renderer: /, '')
    .replace(/^Mesa (DRI )?/, '')
    .replace(/,? or similar$/, '')
    .replace(/\((R|TM)\)/g, '')
    .replace(/ (Direct3D|OpenGL|Vulkan).*$/, '')
    .replace(/ ?\((0x|[A-Z0-9 ]*GT\d|.*LLVM|.*DRM).*$/, '')
    .replace(/\/PCIe.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The middle of `ANGLE (vendor, device, driver)`; anything else as it is. */
function angleDevice(renderer: string): string {
  return /^ANGLE \([^,]*, (.*), [^,]*\)$/.exec(renderer)?.[1] ?? renderer;
}
