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

-- Journals of rollouts, pipelines and incidents: a row for each, and its events in batches.
create table bellwether_journal (
  seq bigint generated always as identity, -- the order in which they began
  kind text not null,
  id text not null,
  owner text not null, -- the release of a rollout, the pipeline of a run
  length bigint not null, -- how many events it holds
  done boolean not null, -- whether nobody has to go on with it
  primary key (kind, id)
);
create index bellwether_journal_owner on bellwether_journal (kind, owner, seq);
create index bellwether_journal_open on bellwether_journal (kind, seq) where not done;

create table bellwether_journal_event (
  kind text not null,
  id text not null,
  position bigint not null, -- how many events stand before these
  events text not null, -- JSON
  primary key (kind, id, position),
  foreign key (kind, id) references bellwether_journal (kind, id) on delete cascade
);

-- The versions that became stable, the latest with the largest number.
create table bellwether_stable (
  seq bigint generated always as identity,
  release text not null,
  version text not null,
  primary key (release, version)
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

-- A fleet: replicas of a service that roll out as one.
create table bellwether_fleet (
  name text primary key,
  revision bigint not null, -- of the split that was changed last
  block_millis bigint not null,
  closed_to bigint not null -- slots before this one are closed for every release
);

-- Its processes. A split of revision r is served by those whose "served" is r or more.
create table bellwether_replica (
  fleet text not null references bellwether_fleet (name),
  id text not null, -- of the process, not of its name
  name text not null,
  heard_at timestamp with time zone not null,
  served bigint not null,
  gathered bigint not null, -- the last of its publications in the sums
  late bigint not null, -- requests that came too late for the comparison
  primary key (fleet, id)
);

-- How the traffic of each release is divided.
create table bellwether_split (
  fleet text not null references bellwether_fleet (name),
  release text not null,
  revision bigint not null,
  split text not null, -- JSON
  slow_nanos bigint not null, -- longer requests count as slow; 0 for none
  slow_of text not null, -- the candidate that was fixed for
  slow_since bigint not null, -- the revision from which on it counts
  split_since bigint not null, -- the revision of the last change but of what is slow
  primary key (fleet, release)
);
create index bellwether_split_revision on bellwether_split (fleet, revision);

-- Splits that a replica could not apply.
create table bellwether_refusal (
  fleet text not null,
  replica text not null,
  release text not null,
  revision bigint not null,
  reason text not null,
  primary key (fleet, replica, release),
  foreign key (fleet, replica) references bellwether_replica (fleet, id) on delete cascade
);

-- What any replica wants the leader to do, and its answer.
create table bellwether_command (
  seq bigint generated always as identity,
  fleet text not null references bellwether_fleet (name),
  id text not null,
  release text not null,
  kind text not null,
  version text not null,
  actor text not null,
  reason text not null,
  given_at timestamp with time zone not null,
  last_run text, -- the release's last run before this was begun
  outcome text not null, -- OPEN, DONE or REFUSED
  answer text not null,
  primary key (fleet, id)
);
create index bellwether_command_open on bellwether_command (fleet, seq) where outcome = 'OPEN';

-- What became of requests at each replica, until it is in the sums.
create table bellwether_publication (
  fleet text not null,
  replica text not null,
  number bigint not null,
  body bytea not null,
  primary key (fleet, replica, number),
  foreign key (fleet, replica) references bellwether_replica (fleet, id) on delete cascade
);

-- The sums over all replicas, in slots of block_millis since 1970.
create table bellwether_evidence (
  fleet text not null references bellwether_fleet (name),
  release text not null,
  slot bigint not null,
  version text not null,
  revision bigint not null, -- of the split in force; 0 where it is not certain
  body bytea not null,
  primary key (fleet, release, slot, version, revision)
);
create index bellwether_evidence_slot on bellwether_evidence (fleet, slot);

-- When rollouts want to be looked after: db-scheduler's table, in its own words.
create table bellwether_timers (
  task_name text not null, -- the fleet
  task_instance text not null, -- the release
  task_data bytea,
  execution_time timestamp with time zone not null,
  picked boolean not null,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index bellwether_timers_due on bellwether_timers (execution_time);
create index bellwether_timers_heartbeat on bellwether_timers (last_heartbeat);

insert into bellwether_schema (version) values (1);
