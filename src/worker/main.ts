import { createEngine } from '../engine/create-engine.ts';
import { yieldToMessages } from '../engine/yield.ts';
import type { Command } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import type { Port } from '../protocol/port.ts';
import { serve } from './handler.ts';

declare const self: Port<WorkerEvent, Command>;

serve(self, createEngine(), yieldToMessages);
