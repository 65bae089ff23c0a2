-- A person said that it is repaired, and a probe is to have a look; null once it has.
alter table issue add column verify_asked_at timestamptz;
-- Until when those told wait for that; null where they were told without.
alter table issue add column verify_until timestamptz;
-- How often it was opened again; OPENED and RECOVERED are owed once in each round.
alter table issue add column round int not null default 0;
create index issue_verify on issue (verify_asked_at) where verify_asked_at is not null;
