CREATE TABLE "check_in_watch" (
	"id" integer PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cluster_versions" (
	"cluster_id" uuid PRIMARY KEY NOT NULL,
	"facts_version" bigint DEFAULT 0 NOT NULL,
	"applied_version" bigint DEFAULT 0 NOT NULL,
	"applied_seq" bigint DEFAULT 0 NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"refresh_id" text DEFAULT '' NOT NULL,
	"lagging_since" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "clusters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text DEFAULT 'Cluster' NOT NULL,
	"name" text NOT NULL,
	"user_name" text NOT NULL,
	"org_id" text DEFAULT '' NOT NULL,
	"email_domain" text DEFAULT '' NOT NULL,
	"openshift_version" text DEFAULT '' NOT NULL,
	"ocp_release_image" text DEFAULT '' NOT NULL,
	"high_availability_mode" text,
	"base_dns_domain" text DEFAULT '' NOT NULL,
	"cluster_network_cidr" text DEFAULT '' NOT NULL,
	"cluster_network_host_prefix" integer DEFAULT 0 NOT NULL,
	"service_network_cidr" text DEFAULT '' NOT NULL,
	"machine_network_cidr" text DEFAULT '' NOT NULL,
	"machine_network_cidr_updated_at" timestamp (3) with time zone,
	"api_vip" text DEFAULT '' NOT NULL,
	"ingress_vip" text DEFAULT '' NOT NULL,
	"api_vip_lease" text DEFAULT '' NOT NULL,
	"ingress_vip_lease" text DEFAULT '' NOT NULL,
	"api_vip_dns_name" text DEFAULT '' NOT NULL,
	"vip_dhcp_allocation" boolean DEFAULT false NOT NULL,
	"user_managed_networking" boolean DEFAULT false NOT NULL,
	"additional_ntp_source" text DEFAULT '' NOT NULL,
	"hyperthreading" text DEFAULT 'all' NOT NULL,
	"http_proxy" text DEFAULT '' NOT NULL,
	"https_proxy" text DEFAULT '' NOT NULL,
	"no_proxy" text DEFAULT '' NOT NULL,
	"ssh_public_key" text DEFAULT '' NOT NULL,
	"pull_secret_set" boolean DEFAULT false NOT NULL,
	"pull_secret" "bytea",
	"status" text NOT NULL,
	"status_info" text DEFAULT '' NOT NULL,
	"status_updated_at" timestamp (3) with time zone NOT NULL,
	"validations_info" text DEFAULT '' NOT NULL,
	"connectivity_majority_groups" text DEFAULT '' NOT NULL,
	"feature_usage" text DEFAULT '' NOT NULL,
	"install_config_overrides" text DEFAULT '' NOT NULL,
	"openshift_cluster_id" text DEFAULT '' NOT NULL,
	"ams_subscription_id" text DEFAULT '' NOT NULL,
	"preparation_result" text,
	"preparation_info" text DEFAULT '' NOT NULL,
	"install_started_at" timestamp (3) with time zone,
	"install_completed_at" timestamp (3) with time zone,
	"installation_percentage" integer DEFAULT 0 NOT NULL,
	"kubeconfig_uploaded" boolean DEFAULT false NOT NULL,
	"logs_info" text DEFAULT '' NOT NULL,
	"controller_logs_started_at" timestamp (3) with time zone,
	"controller_logs_collected_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"active_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"warned_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "monitored_operators" (
	"cluster_id" uuid NOT NULL,
	"name" text NOT NULL,
	"operator_type" text NOT NULL,
	"namespace" text DEFAULT '' NOT NULL,
	"subscription_name" text DEFAULT '' NOT NULL,
	"properties" text DEFAULT '' NOT NULL,
	"timeout_seconds" integer NOT NULL,
	"status" text,
	"status_info" text DEFAULT '' NOT NULL,
	"status_updated_at" timestamp (3) with time zone,
	CONSTRAINT "monitored_operators_cluster_id_name_pk" PRIMARY KEY("cluster_id","name")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"cluster_id" uuid NOT NULL,
	"infra_env_id" uuid,
	"host_id" uuid,
	"name" text NOT NULL,
	"key" text NOT NULL,
	"severity" text NOT NULL,
	"category" text NOT NULL,
	"message" text NOT NULL,
	"props" jsonb,
	"request_id" text,
	"at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"count" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "facts_log" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"cluster_id" uuid NOT NULL,
	"host_id" uuid,
	"kind" text NOT NULL,
	"body" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "host_facts" (
	"infra_env_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"inventory" text,
	"connectivity" text,
	"free_addresses" text,
	"ntp_sources" text,
	"api_vip_connectivity" text,
	"disks_info" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"images_status" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"hashes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "host_facts_infra_env_id_host_id_pk" PRIMARY KEY("infra_env_id","host_id")
);
--> statement-breakpoint
CREATE TABLE "host_heartbeats" (
	"infra_env_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"checked_in_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "host_heartbeats_infra_env_id_host_id_pk" PRIMARY KEY("infra_env_id","host_id")
);
--> statement-breakpoint
CREATE TABLE "hosts" (
	"id" uuid NOT NULL,
	"infra_env_id" uuid NOT NULL,
	"cluster_id" uuid NOT NULL,
	"kind" text DEFAULT 'Host' NOT NULL,
	"status" text NOT NULL,
	"status_info" text DEFAULT '' NOT NULL,
	"status_updated_at" timestamp (3) with time zone NOT NULL,
	"role" text DEFAULT 'auto-assign' NOT NULL,
	"bootstrap" boolean DEFAULT false NOT NULL,
	"requested_hostname" text DEFAULT '' NOT NULL,
	"validations_info" text DEFAULT '' NOT NULL,
	"stage" text DEFAULT '' NOT NULL,
	"stage_info" text DEFAULT '' NOT NULL,
	"stage_started_at" timestamp (3) with time zone,
	"stage_updated_at" timestamp (3) with time zone,
	"installation_percentage" integer DEFAULT 0 NOT NULL,
	"installation_disk_id" text DEFAULT '' NOT NULL,
	"installation_disk_path" text DEFAULT '' NOT NULL,
	"machine_config_pool_name" text DEFAULT '' NOT NULL,
	"installer_version" text DEFAULT '' NOT NULL,
	"installer_args" text DEFAULT '' NOT NULL,
	"ignition_config_overrides" text DEFAULT '' NOT NULL,
	"discovery_agent_version" text DEFAULT '' NOT NULL,
	"logs_info" text DEFAULT '' NOT NULL,
	"logs_started_at" timestamp (3) with time zone,
	"logs_collected_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "hosts_infra_env_id_id_pk" PRIMARY KEY("infra_env_id","id")
);
--> statement-breakpoint
CREATE TABLE "infra_envs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cluster_id" uuid,
	"ssh_authorized_key" text DEFAULT '' NOT NULL,
	"image_type" text DEFAULT 'full-iso' NOT NULL,
	"static_network_config" text DEFAULT '' NOT NULL,
	"ignition_config_overrides" text DEFAULT '' NOT NULL,
	"image_generated" boolean DEFAULT false NOT NULL,
	"image_hash" text DEFAULT '' NOT NULL,
	"image_size_bytes" bigint DEFAULT 0 NOT NULL,
	"image_created_at" timestamp (3) with time zone,
	"image_expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "intents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cluster_id" uuid NOT NULL,
	"request_id" text NOT NULL,
	"user_name" text NOT NULL,
	"operation" text NOT NULL,
	"body" jsonb NOT NULL,
	"secret" "bytea",
	"status" text DEFAULT 'pending' NOT NULL,
	"refusal" jsonb,
	"result" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "cluster_versions_lagging" ON "cluster_versions" USING btree ("lagging_since");--> statement-breakpoint
CREATE INDEX "clusters_user_name" ON "clusters" USING btree ("user_name");--> statement-breakpoint
CREATE INDEX "clusters_org_id" ON "clusters" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "clusters_openshift_cluster_id" ON "clusters" USING btree ("openshift_cluster_id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_cluster_key" ON "events" USING btree ("cluster_id","key");--> statement-breakpoint
CREATE INDEX "events_cluster_at" ON "events" USING btree ("cluster_id","at","id");--> statement-breakpoint
CREATE INDEX "facts_log_cluster_seq" ON "facts_log" USING btree ("cluster_id","seq");--> statement-breakpoint
CREATE INDEX "hosts_cluster_id" ON "hosts" USING btree ("cluster_id");--> statement-breakpoint
CREATE INDEX "hosts_id" ON "hosts" USING btree ("id");--> statement-breakpoint
CREATE INDEX "hosts_status" ON "hosts" USING btree ("status");--> statement-breakpoint
CREATE INDEX "infra_envs_cluster_id" ON "infra_envs" USING btree ("cluster_id");--> statement-breakpoint
CREATE UNIQUE INDEX "intents_request" ON "intents" USING btree ("user_name","request_id");--> statement-breakpoint
CREATE INDEX "intents_cluster" ON "intents" USING btree ("cluster_id");--> statement-breakpoint
CREATE INDEX "intents_status_created" ON "intents" USING btree ("status","created_at");