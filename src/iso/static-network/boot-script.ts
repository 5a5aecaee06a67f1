import { staticNetworkFolder } from './static-network-files';

/** Where the script lies in the live system. */
export const bootScriptPath = '/usr/local/bin/pre-network-manager-config.sh';

/** Where it lies in the initial RAM disk: dracut sources it each time that devices have settled, before NetworkManager starts. */
export const bootHookPath = '/usr/lib/dracut/hooks/initqueue/settled/90-assisted-pre-static-network-config.sh';

/**
 * Gives the machine it runs on its network: finds the host that has one of the machine's MAC addresses and copies its connections to
 * NetworkManager's folder, with the names that the machine's interfaces really have. All names are replaced at once, so two may change
 * places; only where a name stands: in the keys that hold one, and in the names of files.
 *
 * Needs a POSIX shell and mkdir, nothing else, because a RAM disk has little. It is sourced there, therefore all happens in a subshell,
 * which alone may exit. ASSISTED_ROOT is a folder to take for the root, for tests.
 */
export const bootScript = `#!/bin/bash
# Copies the network configured for this machine to where NetworkManager finds it.
(
root="\${ASSISTED_ROOT:-}"
hosts="$root${staticNetworkFolder}"
if [ -e "$root/etc/initrd-release" ]; then
  target="$root/run/NetworkManager/system-connections"
  marker="$root/run/assisted-network/initrd"
else
  target="$root/etc/NetworkManager/system-connections"
  marker="$root/run/assisted-network/system"
fi

say() {
  printf 'static network: %s\\n' "$*" >&2
}

# A port of a bond shows the address of the bond once that is up; its own is kept beside.
address_of() {
  address=''
  file="$1/address"
  [ -r "$1/bonding_slave/perm_hwaddr" ] && file="$1/bonding_slave/perm_hwaddr"
  [ -r "$file" ] && read -r address < "$file"
  printf '%s' "$address"
}

# Name of the interface with an address: a device rather than what was made on top of one.
find_interface() {
  other=''
  for nic in "$root"/sys/class/net/*; do
    name="\${nic##*/}"
    [ "$name" = lo ] && continue
    [ "$(address_of "$nic")" = "$1" ] || continue
    if [ -e "$nic/device" ]; then
      printf '%s' "$name"
      return 0
    fi
    other="\${other:-$name}"
  done
  printf '%s' "$other"
  [ -n "$other" ]
}

find_host() {
  for host in "$hosts"/host*; do
    [ -r "$host/mac_interface.ini" ] || continue
    while IFS='=' read -r mac logical; do
      if find_interface "$mac" > /dev/null; then
        printf '%s' "$host"
        return 0
      fi
    done < "$host/mac_interface.ini"
  done
  return 1
}

real_name() {
  for pair in $names; do
    if [ "\${pair%%=*}" = "$1" ]; then
      printf '%s' "\${pair#*=}"
      return 0
    fi
  done
  return 1
}

# The text with its logical names replaced, also where they are part of a name, as in eth0.100. The kernel takes 15 characters: a name
# that would be longer stays as it is, wherever it is used.
translate() {
  real_name "$1" && return
  rest="$1"
  text=''
  while [ -n "$rest" ]; do
    word="\${rest%%[!A-Za-z0-9_-]*}"
    if [ -n "$word" ]; then
      rest="\${rest#"$word"}"
      text="$text$(real_name "$word" || printf '%s' "$word")"
    else
      text="$text\${rest%"\${rest#?}"}"
      rest="\${rest#?}"
    fi
  done
  [ "\${#text}" -le 15 ] || text="$1"
  printf '%s' "$text"
}

rewrite() {
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      id=* | interface-name=* | master=* | controller=* | parent=* | primary=* | active_slave=*)
        printf '%s=%s\\n' "\${line%%=*}" "$(translate "\${line#*=}")" ;;
      *)
        printf '%s\\n' "$line" ;;
    esac
  done
}

[ -d "$hosts" ] || exit 0
[ -e "$marker" ] && exit 0
if ! host="$(find_host)"; then
  say 'no configuration names an interface of this machine'
  exit 0
fi

names=''
while IFS='=' read -r mac logical; do
  if real="$(find_interface "$mac")"; then
    names="$names $logical=$real"
    say "$logical is $real ($mac)"
  else
    say "no interface has the address $mac of $logical"
  fi
done < "$host/mac_interface.ini"

umask 077
mkdir -p "$target" "\${marker%/*}" || exit 1
for file in "$host"/*.nmconnection; do
  [ -r "$file" ] || continue
  name="\${file##*/}"
  name="$(translate "\${name%.nmconnection}").nmconnection"
  rewrite < "$file" > "$target/$name" || exit 1
  say "made $target/$name"
done
: > "$marker"
)
`;

/** Runs the script once in the live system, after its interfaces have their names and before NetworkManager looks for connections. */
export const bootUnit = {
  name: 'pre-network-manager-config.service',
  contents: `[Unit]
Description=Static network of this machine
DefaultDependencies=no
Wants=network-pre.target systemd-udev-settle.service
After=local-fs.target systemd-udev-settle.service dracut-cmdline.service
Before=network-pre.target NetworkManager.service dracut-initqueue.service
Conflicts=shutdown.target
Before=shutdown.target

[Service]
Type=oneshot
TimeoutStartSec=60
ExecStart=/bin/bash ${bootScriptPath}

[Install]
WantedBy=multi-user.target
`,
} as const;
