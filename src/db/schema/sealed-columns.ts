import { customType } from 'drizzle-orm/pg-core';
import { openColumn, sealColumn } from '../column-key';

const sealed = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: sealColumn,
  fromDriver: openColumn,
});

/** Text that may hold a secret, e.g. the password in the address of a proxy: encrypted, never null; the empty string means "not set". */
export const sealedText = (name: string) => sealed(name).notNull().default('');

/** A JSON document that may hold a secret: stored as `{"sealed": "…"}`. */
export const sealedJson = <T>(name: string) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => JSON.stringify({ sealed: sealColumn(JSON.stringify(value)) }),
    fromDriver: (stored) => {
      const value: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored;
      const isSealed = typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string';
      return (isSealed ? JSON.parse(openColumn(String(value.sealed))) : value) as T;
    },
  })(name);
