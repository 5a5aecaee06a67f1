CREATE TABLE "recovery" (
	"id" integer PRIMARY KEY NOT NULL,
	"done_at" timestamp (3) with time zone NOT NULL
);
