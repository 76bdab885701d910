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

merge into bellwether_schema (version) key (version) values (1);
