import type { StepBuilder } from '../step';

/** Ends the installer on a host whose installation failed or was cancelled. */
export const buildExecuteStop: StepBuilder = () => ({ stepType: 'execute', command: '/usr/bin/podman', args: ['stop', '-i', '-t', '5', 'assisted-installer'] });
