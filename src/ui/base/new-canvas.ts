/** A canvas that is not on the page. An OffscreenCanvas would do as well, but browsers of 2022 have none. */
export function newCanvas(width: number, height: number): HTMLCanvasElement {
  return Object.assign(document.createElement('canvas'), { width, height });
}
