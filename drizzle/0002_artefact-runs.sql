CREATE TABLE "artefact_runs" (
	"cluster_id" uuid PRIMARY KEY NOT NULL,
	"installation_started_at" timestamp (3) with time zone NOT NULL,
	"run" uuid NOT NULL,
	"openshift_cluster_id" text NOT NULL
);
