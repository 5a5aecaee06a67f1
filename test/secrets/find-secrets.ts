/** Texts that must not be seen, by the names under which a failing test tells of them. */
export type Secrets = Readonly<Record<string, string>>;

/** A secret as it stands, inside of JSON, of an address, of hexadecimal bytes, and of base64 of a longer text at any offset. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const embedded = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // The first and the last group depend on what stands beside.
    return text.slice(offset === 0 ? 0 : 4, Math.floor((bytes.length + offset) / 3) * 4);
  });
  const forms = [secret, JSON.stringify(secret).slice(1, -1), JSON.stringify(JSON.stringify(secret)).slice(3, -3), encodeURIComponent(secret), bytes.toString('hex'), ...embedded];
  return [...new Set(forms)].filter((form) => form.length >= 8);
}

/** Names of the secrets that a text holds in any form. */
export function findSecrets(text: string, secrets: Secrets): string[] {
  return Object.entries(secrets).filter(([, secret]) => formsOf(secret).some((form) => text.includes(form))).map(([name]) => name);
}
