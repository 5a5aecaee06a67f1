#!/bin/busybox sh
# First process of the live system. It brings up the network, reads the ignition from its RAM disk and speaks the first calls of
# the agent protocol, so that the machine appears as a host of its cluster. All it does is told on the console in lines "LIVE: ...".
export PATH=/bin:/sbin:/usr/bin:/usr/sbin
/bin/busybox mkdir -p /proc /sys /dev /run /tmp /etc /sbin /usr/sbin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2>/dev/null
exec </dev/console >/dev/console 2>&1
say() { echo "LIVE: $*"; }

say "up after $(cut -d' ' -f1 /proc/uptime) s, kernel $(uname -r)"
while read -r module; do insmod "/lib/modules/$module" 2>/dev/null; done </lib/modules/order
ip link set lo up

wait_for_link() {
  tries=0
  while [ $tries -lt 100 ]; do
    for path in /sys/class/net/*; do
      [ -e "$path/device" ] && { basename "$path"; return; }
    done
    tries=$((tries + 1))
    usleep 100000
  done
}
link=$(wait_for_link)
if [ -n "$link" ]; then
  ip link set "$link" up
  udhcpc -i "$link" -q -n -t 10 -T 1 -s /usr/share/udhcpc/default.script >/dev/null 2>&1
  say "network $link $(ip -4 -o addr show dev "$link" | awk '{print $4}')"
else
  say "network none"
fi

# A minimal image brings no root file system along: the kernel is told where it is.
rootfs=$(grep -oE 'coreos\.live\.rootfs_url=[^ ]+' /proc/cmdline | cut -d= -f2-)
if [ -n "$rootfs" ]; then
  until wget -q -O /tmp/rootfs.img "$rootfs" 2>/tmp/error; do
    say "root file system not fetched, trying again: $(head -n 1 /tmp/error)"
    sleep 2
  done
  say "root file system $(wc -c </tmp/rootfs.img) bytes, sha256 $(sha256sum </tmp/rootfs.img | cut -d' ' -f1)"
fi

if [ ! -f /config.ign ]; then
  say "ignition missing"
  exec sh
fi
say "ignition $(wc -c </config.ign) bytes, sha256 $(sha256sum </config.ign | cut -d' ' -f1)"

# The agent's flags stand in the text of its unit; units are JSON strings, so a value ends at white space, a quote or a backslash.
flag() { grep -oE -- "--$1[ =][^ \\\\\"]+" /config.ign | head -n 1 | sed "s/^--$1[ =]//"; }
url=$(flag url)
cluster=$(flag cluster-id)
version=$(flag agent-version)
token=$(grep -oE 'PULL_SECRET_TOKEN=[^ \\"]+' /config.ign | head -n 1 | cut -d= -f2-)
if [ -z "$url" ] || [ -z "$cluster" ]; then
  say "no agent in the ignition"
  exec sh
fi

host_id() {
  serial=$(cat /sys/class/dmi/id/board_serial 2>/dev/null)
  case "$serial" in
    ''|unknown|None) tr 'A-F' 'a-f' </sys/class/dmi/id/product_uuid ;;
    *) printf %s "$serial" | md5sum | sed -E 's/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/\1-\2-\3-\4-\5/' ;;
  esac
}
host=$(host_id)
hosts="$url/api/assisted-install/v1/clusters/$cluster/hosts"
release=${version##*:}

until wget -q -O /tmp/registered --header "X-Secret-Key: $token" --header 'Content-Type: application/json' \
  --post-data "{\"host_id\":\"$host\",\"discovery_agent_version\":\"$release\"}" "$hosts" 2>/tmp/error; do
  say "registration failed, trying again: $(head -n 1 /tmp/error)"
  sleep 5
done
say "registered host $host of cluster $cluster"

# Asking for steps is the sign of life; carrying them out takes the agent itself.
while :; do
  if wget -q -O /tmp/steps --header "X-Secret-Key: $token" "$hosts/$host/instructions" 2>/tmp/error; then
    say "steps $(grep -oE '"step_type":"[^"]+"' /tmp/steps | cut -d'"' -f4 | tr '\n' ' ')"
    pause=$(grep -oE '"next_instruction_seconds":[0-9]+' /tmp/steps | cut -d: -f2)
  else
    say "polling failed: $(head -n 1 /tmp/error)"
  fi
  sleep "${pause:-60}"
done
