import { expect, test } from 'vitest';
import { deviceName } from '../../../src/engine/device-name.ts';

/** Renderer strings as browsers give them, and the names that people know. */
const NAMES: readonly (readonly [renderer: string, name: string])[] = [
  ['ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)', 'Apple M2'],
  ['ANGLE (Apple, Apple M1 Pro, OpenGL 4.1)', 'Apple M1 Pro'],
  ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3080 Direct3D11 vs_5_0 ps_5_0, D3D11)', 'NVIDIA GeForce RTX 3080'],
  [
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Laptop GPU (0x00002560) Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'NVIDIA GeForce RTX 3060 Laptop GPU',
  ],
  [
    'ANGLE (NVIDIA Corporation, NVIDIA GeForce GTX 1080/PCIe/SSE2, OpenGL 4.5.0 NVIDIA 535.54.03)',
    'NVIDIA GeForce GTX 1080',
  ],
  ['ANGLE (Intel, Intel(R) UHD Graphics 620 Direct3D11 vs_5_0 ps_5_0, D3D11)', 'Intel UHD Graphics 620'],
  ['ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)', 'Intel UHD Graphics 620'],
  [
    'ANGLE (AMD, AMD Radeon RX 6600 (radeonsi, navi23, LLVM 15.0.7, DRM 3.49, 6.2.0), OpenGL 4.6)',
    'AMD Radeon RX 6600',
  ],
  ['ANGLE (Intel, Intel(R) Iris(TM) Plus Graphics OpenGL Engine, OpenGL 4.1)', 'Intel Iris Plus Graphics'],
  ['ANGLE (Mesa, llvmpipe (LLVM 15.0.6 256 bits), OpenGL 4.5)', 'llvmpipe'],
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', 'SwiftShader'],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)', 'Microsoft Basic Render Driver'],
  ['Adreno (TM) 650', 'Adreno 650'],
  ['Mali-G78', 'Mali-G78'],
  ['Apple GPU', 'Apple GPU'],
  ['Radeon R9 200 Series, or similar', 'Radeon R9 200 Series'],
  ['GeForce GTX 980/PCIe/SSE2, or similar', 'GeForce GTX 980'],
];

test.each(NAMES)('%s is called %s', (renderer, name) => {
  expect(deviceName(renderer)).toBe(name);
});
