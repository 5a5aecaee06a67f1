#!/bin/busybox sh
# First process of the live system. It brings up devices and network; what follows is the work of live.js, by the ignition that the
# boot loader put into the RAM disk. What is done is told on the console in lines "LIVE: ...".
export PATH=/usr/local/bin:/bin:/sbin:/usr/bin:/usr/sbin HOME=/root
/bin/busybox mkdir -p /proc /sys /dev /run/chrony /tmp /etc /sbin /usr/sbin /var/lib/chrony /root
/bin/busybox chmod 750 /run/chrony
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2>/dev/null
exec </dev/console >/dev/console 2>&1
say() { echo "LIVE: $*"; }

say "up after $(cut -d' ' -f1 /proc/uptime) s, kernel $(uname -r)"
while read -r module; do insmod "/lib/modules/$module" 2>/dev/null; done </lib/modules/order
ip link set lo up

# Stable names of disks, as udev gives them.
mkdir -p /dev/disk/by-id
for disk in /sys/block/vd*; do
  serial=$(cat "$disk/serial" 2>/dev/null)
  [ -n "$serial" ] && ln -s "../../${disk##*/}" "/dev/disk/by-id/virtio-$serial"
done

list_links() {
  for path in /sys/class/net/*; do
    [ -e "$path/device" ] && basename "$path"
  done
}
tries=0
while [ -z "$(list_links)" ] && [ $tries -lt 100 ]; do
  tries=$((tries + 1))
  usleep 100000
done
# The clients stay and renew their leases.
for link in $(list_links); do
  ip link set "$link" up
  udhcpc -i "$link" -b -t 10 -T 1 -s /usr/share/udhcpc/default.script >/dev/null 2>&1
  say "network $link $(ip -4 -o addr show dev "$link" | awk '{print $4}')"
done
[ -n "$(list_links)" ] || say "network none"

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
while :; do
  node /usr/lib/live/live.js /config.ign
  say "live.js ended with $?; it is started again in 5 s"
  sleep 5
done
