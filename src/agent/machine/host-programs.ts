/**
 * Programs that are the machine's own, also for an agent in a container: what they tell or do is about the file system, the services
 * or the images of the system that runs there. All others come with the agent's image.
 */
export const hostPrograms: ReadonlySet<string> = new Set(['biosdevname', 'chronyc', 'coreos-installer', 'findmnt', 'journalctl', 'podman', 'systemctl']);
