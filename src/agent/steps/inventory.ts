import { readInventory } from '../inventory/read-inventory';
import { succeed } from '../protocol/step-answer';
import type { RunStep } from './step-context';

/** Tells what this machine is. */
export const inventory: RunStep = async (_args, { machine }) => succeed(await readInventory(machine));
