import { integration } from './integration';
import { production } from './production';
import { staging } from './staging';

/** Settings that differ by environment and are no secrets; the process environment overrides each. */
export function environmentDefaults(environment: unknown): Record<string, string> {
  switch (environment) {
    case 'integration':
      return integration;
    case 'staging':
      return staging;
    case 'production':
      return production;
    default:
      return {};
  }
}
