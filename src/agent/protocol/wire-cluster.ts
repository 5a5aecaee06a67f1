import type { ClusterStatus } from '../../domain/cluster/status';
import type { HostRole } from '../../domain/host/role';
import type { HostStage } from '../../domain/host/stage';
import type { HostStatus } from '../../domain/host/status';

/** What agents, the controller and test programs read of a host; the contract has more. */
export interface WireHost {
  id: string;
  href: string;
  cluster_id?: string;
  status: HostStatus;
  status_info: string;
  role?: HostRole;
  bootstrap?: boolean;
  /** The stage is empty before the installation. */
  progress?: { current_stage: HostStage; progress_info?: string };
  progress_stages?: HostStage[] | null;
  /** Inventory as JSON text. */
  inventory?: string;
  requested_hostname?: string;
  validations_info?: string;
}

export interface WireOperator {
  name: string;
  operator_type?: 'builtin' | 'olm';
  status?: 'failed' | 'progressing' | 'available';
  status_info?: string;
  timeout_seconds?: number;
  /** Where an operator of the user is installed, and by which subscription there. */
  namespace?: string;
  subscription_name?: string;
}

export interface WireImageInfo {
  size_bytes?: number;
  download_url?: string;
  created_at?: string;
  expires_at?: string;
  type?: string;
}

/** What agents, the controller and test programs read of a cluster; the contract has more. */
export interface WireCluster {
  id: string;
  href: string;
  name?: string;
  base_dns_domain?: string;
  status: ClusterStatus;
  status_info: string;
  openshift_version?: string;
  openshift_cluster_id?: string;
  image_info: WireImageInfo;
  api_vip?: string;
  ingress_vip?: string;
  machine_network_cidr?: string;
  ams_subscription_id?: string;
  hosts?: WireHost[] | null;
  monitored_operators?: WireOperator[] | null;
  validations_info?: string;
}

/** Answer of POST hosts: the host, and the command that does the polling. */
export interface HostRegistration extends WireHost {
  next_step_runner_command?: { command?: string; args?: string[]; retry_seconds?: number };
}
