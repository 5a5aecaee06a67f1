import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { listSourceFiles, type SourceFile } from './source-files';

/** What a folder may import of ours beside itself; `types` only as types. */
interface Rule {
  folder: string;
  own: string[];
  types?: string[];
  /** Packages it may import; absent = any. */
  packages?: RegExp;
}

const adapters = ['src/db', 'src/store', 'src/ams', 'src/dns', 'src/temporal', 'src/observability'];
const workflowContract = ['workflows/cluster/messages', 'workflows/cluster/contract', 'workflows/cluster/search-attributes', 'workflows/service-image/contract', 'workflows/images/contract'];

const rules: Rule[] = [
  { folder: 'src/domain', own: [], packages: /^ipaddr\.js$/ },
  { folder: 'workflows', own: ['src/domain'], types: ['activities'], packages: /^@temporalio\/(workflow|common)$/ },
  { folder: 'activities', own: ['src/domain', 'src/signals', ...adapters, 'src/iso', 'src/installer'], types: ['workflows/cluster/contract'] },
  { folder: 'src/services', own: ['src/domain', 'src/db', 'src/store', 'src/auth', 'src/temporal', ...workflowContract] },
  { folder: 'src/api', own: ['src/services', 'src/auth', 'src/observability', 'src/domain'], packages: /^(hono(\/.*)?|@hono\/.*|@fastify\/busboy|rate-limiter-flexible|zod|node:.*)$/ },
  { folder: 'src/iso', own: ['src/domain'] },
  { folder: 'src/installer', own: ['src/domain'] },
  { folder: 'src/auth', own: ['src/domain'] },
  { folder: 'src/db', own: ['src/domain'] },
  { folder: 'src/store', own: ['src/domain'] },
  { folder: 'src/ams', own: ['src/domain', 'src/signals'] },
  { folder: 'src/dns', own: ['src/domain'] },
  { folder: 'src/temporal', own: ['src/domain', ...workflowContract] },
  { folder: 'src/observability', own: ['src/domain'] },
  { folder: 'src/agent', own: ['src/domain', 'src/programs', 'src/signals', 'src/iso/embed-area', 'src/iso/ignition-archive'] },
  { folder: 'src/programs', own: ['src/domain'] },
  { folder: 'src/signals', own: [] },
  { folder: 'src/controller', own: ['src/domain', 'src/agent/protocol', 'src/programs'] },
  { folder: 'src/live', own: ['src/domain', 'src/programs', 'src/agent/protocol/is-record', 'src/agent/protocol/split-shell-words'] },
  { folder: 'src/sim', own: ['src/domain', 'src/agent/protocol'] },
  { folder: 'src/cli', own: ['src/domain', 'src/agent/protocol', 'src/sim', 'src/config'] },
  { folder: 'src/ams-standin', own: [] },
];

const isIn = (module: string, folder: string): boolean => module === folder || module.startsWith(`${folder}/`);
const isOwn = (module: string): boolean => ['src', 'workflows', 'activities'].some((root) => isIn(module, root));

function violations(file: SourceFile, rule: Rule): string[] {
  return file.imports
    .filter(({ module, typeOnly }) => {
      if (!isOwn(module)) return rule.packages !== undefined && !rule.packages.test(module);
      const allowed = [rule.folder, ...rule.own, ...(typeOnly ? (rule.types ?? []) : [])];
      return !allowed.some((folder) => isIn(module, folder));
    })
    .map(({ module }) => `${file.path} imports ${module}`);
}

const files = listSourceFiles();

describe('imports', () => {
  it.each(rules)('$folder imports only what it may', (rule) => {
    const own = files.filter((file) => isIn(file.path, rule.folder));
    expect(own.length).toBeGreaterThan(0);
    expect(own.flatMap((file) => violations(file, rule))).toEqual([]);
  });

  it('the CIDR library is behind one file of the domain', () => {
    const users = files.filter((file) => isIn(file.path, 'src/domain') && file.imports.some(({ module }) => module === 'ipaddr.js'));
    expect(users.map((file) => file.path)).toEqual(['src/domain/network/address.ts']);
  });

  it('every source belongs to a folder with a rule, or to the roots that compose the others', () => {
    const roots = ['src/main.ts', 'src/main', 'src/dev', 'src/config'];
    const strays = files.filter((file) => !rules.some((rule) => isIn(file.path, rule.folder)) && !roots.some((root) => isIn(file.path, root)));
    expect(strays.map((file) => file.path)).toEqual([]);
  });

  it('nobody imports what composes', () => {
    const composing = ['src/main', 'src/dev', 'src/cli'];
    const importers = files.flatMap((file) =>
      file.imports.filter(({ module }) => composing.some((folder) => isIn(module, folder) && !isIn(file.path, folder))).map(({ module }) => `${file.path} imports ${module}`),
    );
    expect(importers.filter((line) => !line.startsWith('src/main.ts imports src/main/'))).toEqual([]);
  });

  it('only the configuration reads the environment of the service', () => {
    const service = ['src/domain', 'src/api', 'src/services', 'src/auth', ...adapters, 'src/iso', 'src/installer', 'src/main', 'workflows', 'activities'];
    const readers = files.filter((file) => service.some((folder) => isIn(file.path, folder)) && /process\.env/.test(file.text));
    expect(readers.map((file) => file.path)).toEqual([]);
  });

  it('a limit of time that is joined with another signal comes from src/signals: of the platform\'s own it may never come', () => {
    const users = files.filter((file) => !isIn(file.path, 'src/signals') && /AbortSignal\.any\(\[[^\]]*AbortSignal\.timeout/.test(file.text));
    expect(users.map((file) => file.path)).toEqual([]);
  });

  it('pure code uses no builtin of Node', () => {
    const builtins = new Set(builtinModules);
    const pure = files.filter((file) => isIn(file.path, 'src/domain') || isIn(file.path, 'workflows'));
    expect(pure.flatMap((file) => file.imports.filter(({ module }) => module.startsWith('node:') || builtins.has(module)).map(({ module }) => `${file.path} imports ${module}`))).toEqual([]);
  });
});
