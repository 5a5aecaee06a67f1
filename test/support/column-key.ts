/** The key of sealed columns in tests: the same in every process of one. */
export const testColumnKey = Buffer.alloc(32, 'a key for tests ').toString('base64');
