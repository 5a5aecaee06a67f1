import { parseAllDocuments } from 'yaml';

const maxNameBytes = 200;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What is wrong with the name of a manifest, beside what the schema says of it; undefined when nothing is. */
export function findNameProblem(fileName: string): string | undefined {
  if (Buffer.byteLength(fileName) > maxNameBytes) return `The name of a manifest has at most ${maxNameBytes} bytes.`;
  return /^[\x20-\x7e]+$/.test(fileName) && !/["\\/]/.test(fileName) ? undefined : 'The name of a manifest consists of printable ASCII characters without quotes, slashes and backslashes.';
}

/** The text of a manifest out of its base64 form; undefined when it is none. */
export function decodeManifest(content: string): string | undefined {
  const compact = content.replaceAll(/\s/g, '');
  if (!base64.test(compact)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64'));
  } catch {
    return undefined;
  }
}

/** What is wrong with a manifest, by the extension of its name: JSON, or YAML of one or more documents. Quotes none of it. */
export function findManifestProblem(fileName: string, text: string): string | undefined {
  if (text.trim() === '') return `${fileName} is empty.`;
  return (fileName.endsWith('.json') ? isJson(text) : isYaml(text)) ? undefined : `${fileName} is not valid ${fileName.endsWith('.json') ? 'JSON' : 'YAML'}.`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Documents are resolved too: aliases that multiply without end are no manifest. */
function isYaml(text: string): boolean {
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    return !('empty' in documents) && documents.every((document) => document.errors.length === 0 && document.toJS({ maxAliasCount: 100 }) !== undefined);
  } catch {
    return false;
  }
}
