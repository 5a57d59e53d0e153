import { firstPaint } from './first-paint.ts';

await firstPaint();
