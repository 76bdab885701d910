-- Bellwether, version 1, for PostgreSQL 12 or later.

create table bellwether_schema (
  version integer primary key,
  made_at timestamp with time zone not null default clock_timestamp()
);

-- Who leads. All times are this database's.
create table bellwether_lease (
  name text primary key,
  holder text not null,
  fence bigint not null, -- grows with each reign
  expires_at timestamp with time zone not null
);

-- Rollouts: a row per run, and its journal in batches of events.
create table bellwether_rollout (
  seq bigint generated always as identity, -- the order of acceptance
  id text primary key,
  release text not null,
  candidate text not null,
  length bigint not null, -- how many events its journal holds
  ended boolean not null,
  told boolean not null
);
create index bellwether_rollout_release on bellwether_rollout (release, seq);
create index bellwether_rollout_open on bellwether_rollout (seq) where not (ended and told);

create table bellwether_rollout_event (
  run text not null references bellwether_rollout (id) on delete cascade,
  position bigint not null, -- how many events stand before these
  events text not null, -- JSON
  primary key (run, position)
);

-- The versions that became stable, the latest with the largest number.
create table bellwether_stable (
  seq bigint generated always as identity,
  release text not null,
  version text not null,
  primary key (release, version)
);

-- Pipelines: a row per run, and its journal.
create table bellwether_pipeline (
  seq bigint generated always as identity,
  id text primary key,
  pipeline text not null,
  length bigint not null,
  ended boolean not null
);
create index bellwether_pipeline_name on bellwether_pipeline (pipeline, seq);
create index bellwether_pipeline_open on bellwether_pipeline (seq) where not ended;

create table bellwether_pipeline_event (
  run text not null references bellwether_pipeline (id) on delete cascade,
  position bigint not null,
  events text not null,
  primary key (run, position)
);

-- Incidents of a desk, and their journals.
create table bellwether_incident (
  seq bigint generated always as identity,
  desk text not null,
  id text not null,
  length bigint not null,
  recovered boolean not null,
  primary key (desk, id)
);

create table bellwether_incident_event (
  desk text not null,
  incident text not null,
  position bigint not null,
  events text not null,
  primary key (desk, incident, position),
  foreign key (desk, incident) references bellwether_incident (desk, id) on delete cascade
);

-- What an alert router remembers: records of its own, by keys of any characters.
create table bellwether_alert (
  router text not null,
  hash bytea not null, -- SHA-256 of the key
  name bytea not null, -- the key, UTF-16
  record bytea not null,
  primary key (router, hash)
);

-- What a service's budgets are made of: daily sums, the ledger, deploys, overrides.
create table bellwether_budget (
  seq bigint generated always as identity,
  service text not null,
  name bytea not null, -- SHA-256 of what takes an earlier record's place
  record bytea not null,
  primary key (service, name)
);

-- Audit logs: how far each has come, and its entries, a chain.
create table bellwether_audit (
  log text primary key,
  entries bigint not null,
  hash text not null
);

create table bellwether_audit_entry (
  log text not null,
  number bigint not null,
  entry text not null, -- JSON
  primary key (log, number)
);

insert into bellwether_schema (version) values (1);
