/** Reads one field's value; throws DecodeError when it has another type. Fields that no schema names are dropped. */
export type Decoder<T> = (value: unknown, path: string) => T;

/** A value that does not have the type its schema asks for. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

export const text: Decoder<string> = (value, path) => {
  if (typeof value !== 'string') throw new DecodeError(`${path} is not a string`);
  return value;
};

export const flag: Decoder<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw new DecodeError(`${path} is not a boolean`);
  return value;
};

export const number: Decoder<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new DecodeError(`${path} is not a number`);
  return value;
};

export const integer: Decoder<number> = (value, path) => {
  const read = number(value, path);
  if (!Number.isInteger(read)) throw new DecodeError(`${path} is not an integer`);
  return read;
};

/** One of the given words. */
export function word<const W extends string>(words: readonly W[]): Decoder<W> {
  return (value, path) => {
    const found = words.find((candidate) => candidate === value);
    if (found === undefined) throw new DecodeError(`${path} is none of: ${words.join(', ')}`);
    return found;
  };
}

/** A list of values of one type; null counts as empty, as agents send it. */
export function list<T>(item: Decoder<T>): Decoder<T[]> {
  return (value, path) => {
    if (value === null) return [];
    if (!Array.isArray(value)) throw new DecodeError(`${path} is not a list`);
    return value.map((entry, index) => item(entry, `${path}[${index}]`));
  };
}

/** The optional fields of an object; a field that is null or absent stays absent. */
export function record<F extends Record<string, Decoder<unknown>>>(fields: F): Decoder<{ [K in keyof F]?: ReturnType<F[K]> }> {
  const entries = Object.entries(fields);
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DecodeError(`${path} is not an object`);
    const source = value as Record<string, unknown>;
    const read: Record<string, unknown> = {};
    for (const [name, decode] of entries) {
      const field = source[name];
      if (field !== undefined && field !== null) read[name] = decode(field, path === '' ? name : `${path}.${name}`);
    }
    return read as { [K in keyof F]?: ReturnType<F[K]> };
  };
}
