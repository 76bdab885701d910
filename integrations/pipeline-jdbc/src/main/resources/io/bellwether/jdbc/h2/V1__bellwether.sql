-- Bellwether, version 1, for H2 2.x.

create table if not exists bellwether_schema (
  version integer primary key,
  made_at timestamp with time zone not null default current_timestamp
);

-- Who leads. All times are this database's.
create table if not exists bellwether_lease (
  name varchar primary key,
  holder varchar not null,
  fence bigint not null, -- grows with each reign
  expires_at timestamp with time zone not null
);

-- Journals of rollouts, pipelines and incidents: a row for each, and its events in batches.
create table if not exists bellwether_journal (
  seq bigint generated always as identity, -- the order in which they began
  kind varchar not null,
  id varchar not null,
  owner varchar not null, -- the release of a rollout, the pipeline of a run
  length bigint not null, -- how many events it holds
  done boolean not null, -- whether nobody has to go on with it
  primary key (kind, id)
);
create index if not exists bellwether_journal_owner on bellwether_journal (kind, owner, seq);
create index if not exists bellwether_journal_open on bellwether_journal (kind, seq);

create table if not exists bellwether_journal_event (
  kind varchar not null,
  id varchar not null,
  position bigint not null, -- how many events stand before these
  events character large object not null, -- JSON
  primary key (kind, id, position),
  foreign key (kind, id) references bellwether_journal (kind, id) on delete cascade
);

-- The versions that became stable, the latest with the largest number.
create table if not exists bellwether_stable (
  seq bigint generated always as identity,
  release varchar not null,
  version varchar not null,
  primary key (release, version)
);

-- What an alert router remembers: records of its own, by keys of any characters.
create table if not exists bellwether_alert (
  router varchar not null,
  hash varbinary(65536) not null, -- SHA-256 of the key
  name varbinary(65536) not null, -- the key, UTF-16
  record varbinary(1048576) not null,
  primary key (router, hash)
);

-- What a service's budgets are made of: daily sums, the ledger, deploys, overrides.
create table if not exists bellwether_budget (
  seq bigint generated always as identity,
  service varchar not null,
  name varbinary(65536) not null, -- SHA-256 of what takes an earlier record's place
  record varbinary(1048576) not null,
  primary key (service, name)
);

-- Audit logs: how far each has come, and its entries, a chain.
create table if not exists bellwether_audit (
  log varchar primary key,
  entries bigint not null,
  hash varchar not null
);

create table if not exists bellwether_audit_entry (
  log varchar not null,
  number bigint not null,
  entry character large object not null, -- JSON
  primary key (log, number)
);

-- A fleet: replicas of a service that roll out as one.
create table if not exists bellwether_fleet (
  name varchar primary key,
  revision bigint not null, -- of the split that was changed last
  block_millis bigint not null,
  closed_to bigint not null -- slots before this one are closed for every release
);

-- Its processes. A split of revision r is served by those whose "served" is r or more.
create table if not exists bellwether_replica (
  fleet varchar not null references bellwether_fleet (name),
  id varchar not null, -- of the process, not of its name
  name varchar not null,
  heard_at timestamp with time zone not null,
  served bigint not null,
  gathered bigint not null, -- the last of its publications in the sums
  late bigint not null, -- requests that came too late for the comparison
  primary key (fleet, id)
);

-- How the traffic of each release is divided.
create table if not exists bellwether_split (
  fleet varchar not null references bellwether_fleet (name),
  release varchar not null,
  revision bigint not null,
  split character large object not null, -- JSON
  slow_nanos bigint not null, -- longer requests count as slow; 0 for none
  slow_of varchar not null, -- the candidate that was fixed for
  slow_since bigint not null, -- the revision from which on it counts
  split_since bigint not null, -- the revision of the last change but of what is slow
  primary key (fleet, release)
);
create index if not exists bellwether_split_revision on bellwether_split (fleet, revision);

-- Splits that a replica could not apply.
create table if not exists bellwether_refusal (
  fleet varchar not null,
  replica varchar not null,
  release varchar not null,
  revision bigint not null,
  reason varchar not null,
  primary key (fleet, replica, release),
  foreign key (fleet, replica) references bellwether_replica (fleet, id) on delete cascade
);

-- What any replica wants the leader to do, and its answer.
create table if not exists bellwether_command (
  seq bigint generated always as identity,
  fleet varchar not null references bellwether_fleet (name),
  id varchar not null,
  release varchar not null,
  kind varchar not null,
  version varchar not null,
  actor varchar not null,
  reason varchar not null,
  given_at timestamp with time zone not null,
  last_run varchar, -- the release's last run before this was begun
  outcome varchar not null, -- OPEN, DONE or REFUSED
  answer varchar not null,
  primary key (fleet, id)
);
create index if not exists bellwether_command_open on bellwether_command (fleet, seq);

-- What became of requests at each replica, until it is in the sums.
create table if not exists bellwether_publication (
  fleet varchar not null,
  replica varchar not null,
  number bigint not null,
  body varbinary(16777216) not null,
  primary key (fleet, replica, number),
  foreign key (fleet, replica) references bellwether_replica (fleet, id) on delete cascade
);

-- The sums over all replicas, in slots of block_millis since 1970.
create table if not exists bellwether_evidence (
  fleet varchar not null references bellwether_fleet (name),
  release varchar not null,
  slot bigint not null,
  version varchar not null,
  revision bigint not null, -- of the split in force; 0 where it is not certain
  body varbinary(16777216) not null,
  primary key (fleet, release, slot, version, revision)
);
create index if not exists bellwether_evidence_slot on bellwether_evidence (fleet, slot);

-- When rollouts want to be looked after: db-scheduler's table, in its own words.
create table if not exists bellwether_timers (
  task_name varchar not null, -- the fleet
  task_instance varchar not null, -- the release
  task_data varbinary(65536),
  execution_time timestamp with time zone not null,
  picked boolean not null,
  picked_by varchar,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index if not exists bellwether_timers_due on bellwether_timers (execution_time);
create index if not exists bellwether_timers_heartbeat on bellwether_timers (last_heartbeat);

merge into bellwether_schema (version) key (version) values (1);
