import { serviceCaPath } from '../ignition/service-files';
import type { AgentSettings } from '../settings';

/** Mounts by which a container's program writes to the log of its machine. */
export const logMounts = ['/var/log:/var/log', '/run/systemd/journal/socket:/run/systemd/journal/socket'];

/** The file of the service's authority, where hosts have one. */
export const serviceCaMounts = ({ hasServiceCa }: AgentSettings): string[] => (hasServiceCa ? [`${serviceCaPath}:${serviceCaPath}:ro`] : []);

export interface ContainerOptions {
  name?: string;
  mounts?: readonly string[];
  /** Names of environment variables handed through from the agent. */
  environment?: readonly string[];
  /** Further options of `podman run`. */
  options?: readonly string[];
}

/** Arguments of podman that run a program of an image once, privileged and in the machine's network. */
export function podmanRun(image: string, program: readonly string[], { name, mounts = [], environment = [], options = [] }: ContainerOptions = {}): string[] {
  return [
    'run', '--privileged', '--net=host', '--rm', '--quiet', ...options,
    ...(name === undefined ? [] : ['--name', name]),
    ...[...logMounts, ...mounts].flatMap((mount) => ['-v', mount]),
    ...environment.flatMap((variable) => ['--env', variable]),
    image, ...program,
  ];
}

/** Shell text that runs a named container unless one of that name is still running. */
export function unlessRunning(name: string, command: string): string {
  return `id=$(podman ps --quiet --filter "name=${name}"); if test -z "$id"; then ${command}; fi`;
}
