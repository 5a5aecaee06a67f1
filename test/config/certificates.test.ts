import { describe, expect, it } from 'vitest';
import { certificates } from '../../src/config/certificates';

describe('certificates', () => {
  it.each(['', 'text', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'])('are refused when they are %j', (text) => {
    expect(certificates.safeParse(text).success).toBe(false);
  });
});
