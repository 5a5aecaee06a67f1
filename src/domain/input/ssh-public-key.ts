const keyTypes = ['ssh-rsa', 'ssh-ed25519', 'ssh-dss', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'];

/** How many length-prefixed fields follow the type in the binary form of a key (RFC 4253, 5656, 8709). */
const fieldCounts: Record<string, number> = { 'ssh-rsa': 2, 'ssh-ed25519': 1, 'ssh-dss': 4 };
const ecdsaFields = 2;

/** Why a text is no list of SSH public keys, one a line, undefined when it is one. */
export function checkSshPublicKey(keys: string): string | undefined {
  const lines = keys.trim().split('\n').map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length === 0) return 'The SSH public key is empty';
  for (const [index, line] of lines.entries()) {
    const problem = checkKey(line);
    if (problem !== undefined) return lines.length === 1 ? `The SSH public key ${problem}` : `SSH public key ${index + 1} of ${lines.length} ${problem}`;
  }
  return undefined;
}

function checkKey(line: string): string | undefined {
  const [type = '', body = ''] = line.split(/\s+/);
  if (!keyTypes.includes(type)) return `must begin with its type, one of ${keyTypes.join(', ')}`;
  const fields = readFields(body);
  if (fields === undefined || fields[0] !== type) return 'cannot be read: what follows its type is not a key of that type in base64';
  if (fields.length - 1 !== (fieldCounts[type] ?? ecdsaFields)) return 'cannot be read: it is incomplete';
  if (type.startsWith('ecdsa-') && fields[1] !== type.slice(type.lastIndexOf('-') + 1)) return 'cannot be read: its curve is not that of its type';
  if (type === 'ssh-ed25519' && fields[1]?.length !== 32) return 'cannot be read: an Ed25519 key has 32 bytes';
  return undefined;
}

/** The length-prefixed fields of a base64 text, one character a byte; undefined when it has another form. */
function readFields(base64: string): string[] | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  const bytes = atob(base64);
  const fields: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined;
    const length = [0, 1, 2, 3].reduce((sum, offset) => sum * 256 + bytes.charCodeAt(at + offset), 0);
    const end = at + 4 + length;
    if (length === 0 || end > bytes.length) return undefined;
    fields.push(bytes.slice(at + 4, end));
    at = end;
  }
  return fields;
}
