-- Rows of host_heartbeats are rewritten once a minute and never change their keys: room in the page keeps the updates heap-only.
ALTER TABLE "host_heartbeats" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
