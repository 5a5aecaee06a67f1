/** What may stand at a place of a configuration; null and nothing always may. */
export type Shape = 'text' | 'flag' | 'number' | { list: Shape } | { fields: Readonly<Record<string, Shape>> };

const fields = (shapes: Record<string, Shape>): Shape => ({ fields: shapes });
const texts: Shape = { list: 'text' };

const resource = fields({
  source: 'text', compression: 'text', verification: fields({ hash: 'text' }), httpHeaders: { list: fields({ name: 'text', value: 'text' }) },
});
const identity = fields({ id: 'number', name: 'text' });
const node = { path: 'text', overwrite: 'flag', user: identity, group: identity } as const;

/** Fields and their types, of specification 3.2, whose part 3.1 is. Ignition does not look at fields that it does not know. */
export const ignitionShape: Shape = fields({
  ignition: fields({
    version: 'text',
    config: fields({ merge: { list: resource }, replace: resource }),
    proxy: fields({ httpProxy: 'text', httpsProxy: 'text', noProxy: texts }),
    security: fields({ tls: fields({ certificateAuthorities: { list: resource } }) }),
    timeouts: fields({ httpResponseHeaders: 'number', httpTotal: 'number' }),
  }),
  passwd: fields({
    users: {
      list: fields({
        name: 'text', gecos: 'text', groups: texts, homeDir: 'text', noCreateHome: 'flag', noLogInit: 'flag', noUserGroup: 'flag', passwordHash: 'text',
        primaryGroup: 'text', shell: 'text', shouldExist: 'flag', sshAuthorizedKeys: texts, system: 'flag', uid: 'number',
      }),
    },
    groups: { list: fields({ name: 'text', gid: 'number', passwordHash: 'text', shouldExist: 'flag', system: 'flag' }) },
  }),
  storage: fields({
    files: { list: fields({ ...node, mode: 'number', contents: resource, append: { list: resource } }) },
    directories: { list: fields({ ...node, mode: 'number' }) },
    links: { list: fields({ ...node, hard: 'flag', target: 'text' }) },
    disks: {
      list: fields({
        device: 'text', wipeTable: 'flag',
        partitions: {
          list: fields({
            number: 'number', label: 'text', guid: 'text', typeGuid: 'text', sizeMiB: 'number', startMiB: 'number', resize: 'flag', shouldExist: 'flag',
            wipePartitionEntry: 'flag',
          }),
        },
      }),
    },
    raid: { list: fields({ name: 'text', level: 'text', devices: texts, options: texts, spares: 'number' }) },
    filesystems: {
      list: fields({ device: 'text', format: 'text', label: 'text', path: 'text', uuid: 'text', options: texts, mountOptions: texts, wipeFilesystem: 'flag' }),
    },
    luks: {
      list: fields({
        name: 'text', device: 'text', label: 'text', uuid: 'text', options: texts, wipeVolume: 'flag', keyFile: resource,
        clevis: fields({
          custom: fields({ pin: 'text', config: 'text', needsNetwork: 'flag' }), tang: { list: fields({ url: 'text', thumbprint: 'text' }) }, threshold: 'number', tpm2: 'flag',
        }),
      }),
    },
  }),
  systemd: fields({
    units: { list: fields({ name: 'text', enabled: 'flag', mask: 'flag', contents: 'text', dropins: { list: fields({ name: 'text', contents: 'text' }) } }) },
  }),
});
