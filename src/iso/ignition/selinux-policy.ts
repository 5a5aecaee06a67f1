/** Lets the clock daemon of the live system answer the agent's container, which asks it for its sources. */
export const selinuxPolicy = `module assisted 1.0;

require {
  type chronyd_t;
  type container_file_t;
  type spc_t;
  class dir search;
  class sock_file write;
  class unix_dgram_socket sendto;
}

allow chronyd_t container_file_t:dir search;
allow chronyd_t container_file_t:sock_file write;
allow chronyd_t spc_t:unix_dgram_socket sendto;
`;

/** Compiles and loads the policy once, at boot. */
export const selinuxUnit = `[Unit]
Description=SELinux policy of the discovery agent
Before=agent.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStartPre=checkmodule -M -m -o /root/assisted.mod /root/assisted.te
ExecStartPre=semodule_package -o /root/assisted.pp -m /root/assisted.mod
ExecStart=semodule -i /root/assisted.pp

[Install]
WantedBy=multi-user.target
`;
