import { describe, expect, it } from 'vitest';
import { createSecretBox } from '../../src/db/secret-box';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');

describe('the secret box', () => {
  it('gives back what it sealed, each time in other bytes', () => {
    const box = createSecretBox(key(1));
    const [a, b] = [box.seal('pull secret'), box.seal('pull secret')];
    expect(a.equals(b)).toBe(false);
    expect(a.includes('pull secret')).toBe(false);
    expect([box.open(a), box.open(b)]).toEqual(['pull secret', 'pull secret']);
  });

  it('opens nothing that was changed or sealed with another key', () => {
    const box = createSecretBox(key(1));
    const sealed = box.seal('x');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(changed)).toThrow();
    }
    expect(() => createSecretBox(key(2)).open(sealed)).toThrow();
  });

  it('takes no key of another length', () => {
    expect(() => createSecretBox('c2hvcnQ=')).toThrow('32 bytes');
  });
});
