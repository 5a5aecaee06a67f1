import type postgres from 'postgres';

export interface PreparationLimits {
  /** Different statements that are kept prepared: each costs every connection some ten kilobytes in Postgres. */
  mostTexts?: number;
  /** Statements with more parameters are about many rows, and their text hardly ever comes again. */
  mostParameters?: number;
}

/**
 * Makes a client prepare what it is asked by `unsafe`, which is how drizzle speaks with it, transactions included. Without this
 * each statement is parsed and planned anew and takes two round trips, one of them to learn the types of its parameters.
 */
export function prepareStatements(client: postgres.Sql, { mostTexts = 300, mostParameters = 60 }: PreparationLimits = {}): postgres.Sql {
  const texts = new Set<string>();
  const isPrepared = (text: string, parameterCount: number): boolean => {
    if (texts.has(text)) return true;
    if (parameterCount === 0 || parameterCount > mostParameters || texts.size >= mostTexts) return false;
    texts.add(text);
    return true;
  };
  const begin = prepare(client).begin.bind(client);
  const savepoints = (tx: postgres.TransactionSql): postgres.TransactionSql => {
    const savepoint = prepare(tx).savepoint.bind(tx);
    return Object.assign(tx, { savepoint: <T>(work: (inner: postgres.TransactionSql) => T | Promise<T>) => savepoint((inner) => work(savepoints(inner))) });
  };
  return Object.assign(client, { begin: <T>(work: (tx: postgres.TransactionSql) => T | Promise<T>) => begin((tx) => work(savepoints(tx))) });

  function prepare<S extends postgres.ISql>(sql: S): S {
    const { unsafe } = sql;
    const prepared: typeof unsafe = (text, parameters, options) => unsafe(text, parameters, { ...options, prepare: isPrepared(text, parameters?.length ?? 0) });
    return Object.assign(sql, { unsafe: prepared });
  }
}
