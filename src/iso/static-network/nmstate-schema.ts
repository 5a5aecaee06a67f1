import { z } from 'zod';
import { parseAddress, parseCidr } from '../../domain/network/address';
import { interfaceNameRule, isInterfaceName } from '../../domain/static-network/interface-name';
import { bondModes } from './bond-options';

/** An object that tells which fields it could have when it has another. */
function fields<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `has ${(issue.keys ?? []).join(', ')}, which the built-in generator does not know; it knows ${Object.keys(shape).join(', ')}` : undefined),
  });
}

const numeric = (least: number, most: number) =>
  z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)], { error: 'must be a whole number' }).pipe(z.int().min(least).max(most));
const name = z.string().refine(isInterfaceName, `must be the name of an interface: ${interfaceNameRule}`);
const address = (family: 4 | 6) => z.string().refine((text) => parseAddress(text)?.family === family, `must be an IPv${family} address`);
const names = z.array(name).min(1);
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const addressing = (family: 4 | 6) => ({
  enabled: z.boolean().optional(),
  dhcp: z.boolean().optional(),
  address: z.array(fields({ ip: address(family), 'prefix-length': numeric(1, family === 4 ? 32 : 128) })).optional(),
  'auto-dns': z.boolean().optional(),
  'auto-gateway': z.boolean().optional(),
  'auto-routes': z.boolean().optional(),
});

const common = {
  name,
  description: z.string().optional(),
  state: z.literal('up', { error: 'must be up: interfaces that are to be down are left out' }).optional(),
  mtu: numeric(68, 65_535).optional(),
  'mac-address': z.string().regex(/^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/, 'must be a MAC address').optional(),
  ipv4: fields(addressing(4)).optional(),
  ipv6: fields({ ...addressing(6), autoconf: z.boolean().optional() }).optional(),
};

const ethernet = fields({
  ...common,
  type: z.literal('ethernet'),
  ethernet: fields({ 'auto-negotiation': z.boolean().optional(), speed: numeric(1, 1_000_000).optional(), duplex: z.enum(['full', 'half']).optional() }).optional(),
});

const bond = fields({
  ...common,
  type: z.literal('bond'),
  'link-aggregation': fields({
    mode: z.union([z.enum(bondModes), numeric(0, bondModes.length - 1).transform((index) => bondModes[index] ?? 'balance-rr')], { error: `must be one of ${bondModes.join(', ')}, or its number` }),
    options: z
      .record(z.string(), text.pipe(z.string().regex(/^[A-Za-z0-9_.:,+-]+$/, 'must be a number or a word')))
      .optional(),
    port: names.optional(),
    slaves: names.optional(),
  }),
});

const vlan = fields({ ...common, type: z.literal('vlan'), vlan: fields({ 'base-iface': name, id: numeric(0, 4_094) }) });

const linuxBridge = fields({
  ...common,
  type: z.literal('linux-bridge'),
  bridge: fields({
    options: fields({
      stp: fields({
        enabled: z.boolean().optional(),
        priority: numeric(0, 65_535).optional(),
        'forward-delay': numeric(2, 30).optional(),
        'hello-time': numeric(1, 10).optional(),
        'max-age': numeric(6, 40).optional(),
      }).optional(),
    }).optional(),
    port: z.array(fields({ name })),
  }),
});

const route = fields({
  destination: z.string().refine((value) => parseCidr(value) !== undefined, 'must be a network such as 10.0.0.0/8; 0.0.0.0/0 or ::/0 for the default route'),
  'next-hop-address': z.string().refine((value) => parseAddress(value) !== undefined, 'must be an IP address').optional(),
  'next-hop-interface': name,
  metric: numeric(0, 4_294_967_295).optional(),
  'table-id': numeric(1, 4_294_967_295).optional(),
});

const searchDomain = z.string().regex(/^[A-Za-z0-9_.~-]+$/, 'must be a domain');
const server = z.string().refine((value) => parseAddress(value) !== undefined, 'must be an IP address');

/** What the built-in generator understands of nmstate. `running` parts tell what is, not what shall be; nmstate ignores them too. */
export const nmstateSchema = fields({
  interfaces: z
    .array(
      z.discriminatedUnion('type', [ethernet, bond, vlan, linuxBridge], {
        error: (issue) => (issue.code === 'invalid_union' ? 'must be one of ethernet, bond, vlan, linux-bridge, which the built-in generator knows' : undefined),
      }),
    )
    .min(1, 'must list the interfaces of the host'),
  routes: fields({ config: z.array(route).optional(), running: z.unknown().optional() }).optional(),
  'dns-resolver': fields({ config: fields({ server: z.array(server).optional(), search: z.array(searchDomain).optional() }).optional(), running: z.unknown().optional() }).optional(),
});

export type DesiredNetwork = z.infer<typeof nmstateSchema>;
export type DesiredInterface = DesiredNetwork['interfaces'][number];
export type DesiredRoute = z.infer<typeof route>;
export type DesiredAddressing = NonNullable<DesiredInterface['ipv4']> & { autoconf?: boolean | undefined };
