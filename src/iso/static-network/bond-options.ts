/** Modes of a bond, in the order of their numbers. */
export const bondModes = ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'] as const;
export type BondMode = (typeof bondModes)[number];

/** Options of a bond that NetworkManager takes. */
export const bondOptions = [
  'miimon', 'updelay', 'downdelay', 'use_carrier', 'fail_over_mac', 'primary', 'primary_reselect', 'active_slave', 'all_slaves_active',
  'arp_interval', 'arp_ip_target', 'arp_validate', 'arp_all_targets', 'num_grat_arp', 'num_unsol_na', 'resend_igmp',
  'lacp_rate', 'ad_select', 'ad_actor_sys_prio', 'ad_actor_system', 'ad_user_port_key', 'min_links', 'xmit_hash_policy',
  'packets_per_slave', 'tlb_dynamic_lb', 'lp_interval',
] as const;
export type BondOption = (typeof bondOptions)[number];

const withActivePort: readonly BondMode[] = ['active-backup', 'balance-tlb', 'balance-alb'];
const withArp: readonly BondMode[] = ['balance-rr', 'active-backup', 'balance-xor', 'broadcast'];

/** The modes an option is for; options that are not listed are for all. NetworkManager refuses a bond that has them in another mode. */
export const modesOfOption: Partial<Record<BondOption, readonly BondMode[]>> = {
  primary: withActivePort,
  active_slave: withActivePort,
  arp_interval: withArp,
  arp_ip_target: withArp,
  arp_validate: withArp,
  lacp_rate: ['802.3ad'],
  ad_actor_sys_prio: ['802.3ad'],
  ad_actor_system: ['802.3ad'],
  ad_user_port_key: ['802.3ad'],
  packets_per_slave: ['balance-rr'],
  tlb_dynamic_lb: ['balance-tlb', 'balance-alb'],
};
