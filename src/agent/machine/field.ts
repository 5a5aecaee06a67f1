import { isRecord } from '../protocol/is-record';

/** Reading of JSON that a program printed: what is missing or of another type is empty. */

/** The objects of a list. */
export function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** A text without white space at its ends. */
export function textOf(record: Record<string, unknown>, name: string): string {
  const value = record[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** A whole number; programs print some as texts. */
export function numberOf(record: Record<string, unknown>, name: string): number {
  const value = record[name];
  const read = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? Math.trunc(read) : 0;
}

/** A flag; older programs print 0 and 1. */
export function flagOf(record: Record<string, unknown>, name: string): boolean {
  return record[name] === true || record[name] === 1 || record[name] === '1';
}

/** The texts of a list. */
export function textsOf(record: Record<string, unknown>, name: string): string[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : [];
}
