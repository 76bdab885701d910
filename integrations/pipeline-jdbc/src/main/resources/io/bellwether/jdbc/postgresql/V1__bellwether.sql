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

insert into bellwether_schema (version) values (1);
