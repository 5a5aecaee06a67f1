/** The network that one host is to have, as its user describes it. */
export interface HostNetwork {
  /** Desired state in the language of nmstate. Its interfaces have logical names. */
  networkYaml: string;
  /** Which interface of the machine has which logical name. The machine is known by these addresses. */
  macInterfaceMap: { macAddress: string; logicalNicName: string }[];
}
